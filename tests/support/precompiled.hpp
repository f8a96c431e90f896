#pragma once

// The same for test programs.

#include <gmock/gmock.h>

#include "services/precompiled.hpp"
