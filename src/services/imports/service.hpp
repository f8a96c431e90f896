#pragma once

#include "platform/service/service.hpp"
#include "services/imports/runner.hpp"

namespace kontor::imports {

/// Imports on this service's own records, with the files on this process's disk.
class LocalImports final : public Imports {
public:
    explicit LocalImports(const Host& host);

    Task<Result<OpenedImport>> open(Context context, OpenImport wanted) override;
    Task<Result<ReceivedBytes>> append(Context context, AppendPiece piece) override;
    Task<Result<Import>> start(Context context, ImportKey key) override;
    Task<Result<Import>> import(Context context, ImportKey key) override;
    Task<Result<ImportList>> imports(Context context, ListImports wanted) override;
    Task<Result<RejectList>> rejects(Context context, ListRejects wanted) override;
    Task<Result<ImportMapping>> put_mapping(Context context, ImportMapping mapping) override;
    Task<Result<MappingList>> mappings(Context context, AllMappings wanted) override;

    Runner& runner() { return runner_; }

private:
    Host host_;
    Spool spool_;
    Runner runner_;
};

}  // namespace kontor::imports
