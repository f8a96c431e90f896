#pragma once

#include <cstddef>
#include <memory>
#include <thread>
#include <vector>

namespace kontor {

class AsioLoop;

/// How many cores this process may use, by its affinity mask; at least 1.
std::size_t cores_available();

/// Loops that run, each on a thread of its own, from construction until `stop`.
class LoopPool {
public:
    explicit LoopPool(std::size_t count = cores_available());
    /// Stops. What is suspended on a loop by then never resumes: end it before.
    ~LoopPool();
    LoopPool(const LoopPool&) = delete;
    LoopPool& operator=(const LoopPool&) = delete;

    std::size_t size() const { return loops_.size(); }
    AsioLoop& at(std::size_t index) { return *loops_.at(index); }
    std::vector<AsioLoop*> all() const;

    /// Ends every loop after its callbacks under way, and joins the threads. Safe to repeat; not
    /// from a loop's thread.
    void stop();

private:
    std::vector<std::unique_ptr<AsioLoop>> loops_;
    std::vector<std::thread> threads_;
};

}  // namespace kontor
