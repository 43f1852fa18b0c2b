-- SQL that SQLite and PostgreSQL both understand; times are milliseconds since 1970,
-- prices billionths of the currency

CREATE TABLE ledger_coordinators (
    name TEXT NOT NULL PRIMARY KEY,
    renewed BIGINT NOT NULL,
    expires BIGINT NOT NULL
);

-- a budget for one subject in one run of its period, and what stands on it
CREATE TABLE ledger_accounts (
    id ${identity},
    workgroup TEXT NOT NULL,
    budget TEXT NOT NULL,
    subject TEXT NOT NULL,
    run_start BIGINT NOT NULL,
    run_end BIGINT NOT NULL,
    used_bytes BIGINT NOT NULL,
    used_price BIGINT NOT NULL,
    reserved_bytes BIGINT NOT NULL,
    reserved_price BIGINT NOT NULL,
    UNIQUE (workgroup, budget, subject, run_start, run_end)
);

CREATE INDEX ledger_accounts_by_end ON ledger_accounts (run_end);

CREATE TABLE ledger_queries (
    query_id TEXT NOT NULL PRIMARY KEY,
    coordinator TEXT NOT NULL,
    state TEXT NOT NULL,
    created BIGINT NOT NULL,
    ended BIGINT,
    workgroup TEXT NOT NULL,
    user_name TEXT NOT NULL,
    -- a JSON array
    user_groups TEXT NOT NULL,
    source TEXT,
    currency TEXT NOT NULL,
    -- on each account of the query: what is reserved while it runs, what was charged when it was lost, zero afterwards
    reserved_bytes BIGINT NOT NULL,
    reserved_price BIGINT NOT NULL,
    -- the largest reservation or estimate
    estimated_bytes BIGINT NOT NULL,
    estimated_price BIGINT NOT NULL,
    actual_bytes BIGINT NOT NULL,
    actual_price BIGINT NOT NULL,
    row_count BIGINT NOT NULL,
    reason TEXT,
    query_text TEXT NOT NULL
);

CREATE INDEX ledger_queries_by_time ON ledger_queries (created, query_id);
CREATE INDEX ledger_queries_by_user ON ledger_queries (user_name, created, query_id);
CREATE INDEX ledger_queries_by_workgroup ON ledger_queries (workgroup, created, query_id);
CREATE INDEX ledger_queries_running ON ledger_queries (query_id, coordinator) WHERE state = 'RUNNING';

-- the accounts that a query which runs or was lost has its reservation on
CREATE TABLE ledger_reservations (
    query_id TEXT NOT NULL REFERENCES ledger_queries (query_id) ON DELETE CASCADE,
    account_id BIGINT NOT NULL REFERENCES ledger_accounts (id) ON DELETE CASCADE,
    PRIMARY KEY (query_id, account_id)
);

CREATE INDEX ledger_reservations_by_account ON ledger_reservations (account_id);

CREATE TABLE ledger_scans (
    query_id TEXT NOT NULL REFERENCES ledger_queries (query_id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    catalog_name TEXT NOT NULL,
    schema_name TEXT NOT NULL,
    table_name TEXT NOT NULL,
    files BIGINT,
    partitions BIGINT,
    estimated_bytes BIGINT,
    estimated_rows BIGINT,
    read_bytes BIGINT NOT NULL,
    read_rows BIGINT NOT NULL,
    PRIMARY KEY (query_id, position)
);

-- thresholds that were told; once each
CREATE TABLE ledger_crossings (
    account_id BIGINT NOT NULL REFERENCES ledger_accounts (id) ON DELETE CASCADE,
    percent BIGINT NOT NULL,
    taken_bytes BIGINT NOT NULL,
    taken_price BIGINT NOT NULL,
    crossed BIGINT NOT NULL,
    query_id TEXT NOT NULL,
    PRIMARY KEY (account_id, percent)
);

CREATE INDEX ledger_crossings_by_time ON ledger_crossings (crossed, account_id, percent);

CREATE TABLE ledger_budget_changes (
    workgroup TEXT NOT NULL,
    budget TEXT NOT NULL,
    bytes BIGINT,
    price BIGINT,
    changed_by TEXT NOT NULL,
    changed BIGINT NOT NULL,
    PRIMARY KEY (workgroup, budget)
);

CREATE TABLE ledger_workgroup_changes (
    workgroup TEXT NOT NULL PRIMARY KEY,
    enabled BIGINT NOT NULL,
    changed_by TEXT NOT NULL,
    changed BIGINT NOT NULL
);
