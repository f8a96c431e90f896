#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kontor::testing {

/// The process that started this one, as seen from within.
class ParentProcess {
public:
    /// Sends one line, for OtherProcess::read_line.
    void tell(std::string_view line);
    /// The next line of OtherProcess::tell; nothing once the parent needs this process no more, or
    /// is gone.
    std::optional<std::string> read_line();
    /// Returns at that point.
    void wait_until_done();
};

/// What another process does, in namespace scope of a test's file. The name is known all over the
/// test program.
///
///     const OtherProcessBody serve{"serve_catalog", [](ParentProcess& parent, auto& arguments) {
///         Served served(arguments.at(0));
///         parent.tell(served.url());
///         parent.wait_until_done();
///     }};
struct OtherProcessBody {
    using Run = void (*)(ParentProcess& parent, const std::vector<std::string>& arguments);
    OtherProcessBody(std::string name, Run run);
};

/// Another process: this test program, started afresh (so that it shares no memory and inherits no
/// thread), in which only the body of that name runs. Ends with this process at the latest.
class OtherProcess {
public:
    explicit OtherProcess(std::string_view body, const std::vector<std::string>& arguments = {});
    /// Kills it where it has not been finished.
    ~OtherProcess();
    OtherProcess(const OtherProcess&) = delete;
    OtherProcess& operator=(const OtherProcess&) = delete;

    /// Sends one line, for ParentProcess::read_line.
    void tell(std::string_view line);
    /// The next line it tells. Throws std::runtime_error where it ends without one.
    std::string read_line();
    /// Lets it come to its end. Its exit status: 0 where its body returned and nothing leaked.
    int finish();
    /// As a crash would.
    void kill();

private:
    int wait();

    pid_t process_ = 0;
    int input_ = -1;
    int output_ = -1;
};

/// For main(): runs the body that the arguments ask for. False where they ask for none.
bool run_as_other_process(int count, char** arguments);

}  // namespace kontor::testing
