#pragma once

// The same for services and the program: what each of them reads of the platform.

#include "platform/precompiled.hpp"
#include "platform/service/service.hpp"
