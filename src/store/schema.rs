//! The tables, the same for both engines. A test compares them with the migrations.

use diesel::table;

table! {
    identifiers (id) {
        id -> Text,
        authority -> Text,
        kind -> Text,
    }
}

table! {
    authorities (authority) {
        authority -> Text,
        name -> Text,
        visibility -> Text,
        version -> Integer,
        digest -> Text,
        entry -> Binary,
        modified_at -> Timestamp,
    }
}

table! {
    directory (authority, id) {
        authority -> Text,
        id -> Text,
        kind -> Text,
        name -> Text,
        body -> Nullable<Text>,
        person -> Nullable<Text>,
        political_group -> Nullable<Text>,
        valid_from -> Nullable<Date>,
        valid_to -> Nullable<Date>,
        visibility -> Text,
        version -> Integer,
        digest -> Text,
        entry -> Binary,
        modified_at -> Timestamp,
    }
}

table! {
    sittings (authority, id) {
        authority -> Text,
        id -> Text,
        body -> Text,
        date -> Date,
        origin -> Text,
        visibility -> Text,
        version -> Integer,
        document_version -> Integer,
        digest -> Text,
        modified_at -> Timestamp,
    }
}

table! {
    sitting_entries (authority, sitting, version) {
        authority -> Text,
        sitting -> Text,
        version -> Integer,
        kind -> Text,
        document -> Binary,
        recorded_at -> Timestamp,
        recorded_by -> Text,
    }
}

table! {
    deliberations (authority, id) {
        authority -> Text,
        id -> Text,
        sitting -> Text,
        body -> Text,
        date -> Date,
        number -> Nullable<Text>,
        title -> Text,
        kind -> Text,
        outcome -> Text,
        workflow -> Text,
        visibility -> Text,
        deleted -> Bool,
        version -> Integer,
        digest -> Text,
        search -> Text,
        modified_at -> Timestamp,
    }
}

table! {
    versions (authority, record, version) {
        authority -> Text,
        record -> Text,
        version -> Integer,
        document -> Binary,
        digest -> Text,
        recorded_at -> Timestamp,
        recorded_by -> Text,
        reason -> Nullable<Text>,
    }
}

table! {
    changes (authority, sequence) {
        authority -> Text,
        sequence -> BigInt,
        kind -> Text,
        record -> Text,
        version -> Integer,
        action -> Text,
        recorded_at -> Timestamp,
        recorded_by -> Text,
        subject -> Text,
        part -> Text,
        event -> Nullable<Text>,
        public_event -> Nullable<Text>,
    }
}

table! {
    change_heads (authority) {
        authority -> Text,
        sequence -> BigInt,
        told_after -> BigInt,
    }
}

table! {
    prepared_answers (authority, record) {
        authority -> Text,
        record -> Text,
        generation -> BigInt,
        program -> Text,
        draft -> Text,
        etag -> Text,
        bytes -> Nullable<Binary>,
    }
}

table! {
    answer_generations (authority) {
        authority -> Text,
        generation -> BigInt,
    }
}

table! {
    webhooks (authority, id) {
        authority -> Text,
        id -> Text,
        url -> Text,
        types -> Text,
        visibility -> Text,
        description -> Nullable<Text>,
        active -> Bool,
        salt -> Text,
        previous_salt -> Nullable<Text>,
        previous_until -> Nullable<Timestamp>,
        reached -> BigInt,
        version -> Integer,
        created_at -> Timestamp,
        created_by -> Text,
        modified_at -> Timestamp,
    }
}

table! {
    webhook_deliveries (authority, webhook, sequence) {
        authority -> Text,
        webhook -> Text,
        sequence -> BigInt,
        subject -> Text,
        state -> Text,
        attempts -> Integer,
        due_at -> Timestamp,
        lease -> Nullable<Text>,
        leased_until -> Nullable<Timestamp>,
        queued_at -> Timestamp,
        finished_at -> Nullable<Timestamp>,
    }
}

table! {
    webhook_attempts (authority, webhook, sequence, id) {
        authority -> Text,
        webhook -> Text,
        sequence -> BigInt,
        id -> Text,
        tried_at -> Timestamp,
        status -> Nullable<Integer>,
        millis -> Integer,
        error -> Nullable<Text>,
        excerpt -> Nullable<Text>,
    }
}

table! {
    idempotency_keys (authority, sub, idempotency_key) {
        authority -> Text,
        sub -> Text,
        idempotency_key -> Text,
        request -> Text,
        answer -> Binary,
        recorded_at -> Timestamp,
    }
}

table! {
    revocations (authority, claim, value) {
        authority -> Text,
        claim -> Text,
        value -> Text,
        recorded_at -> Timestamp,
        recorded_by -> Text,
    }
}

table! {
    act_numbers (authority, deliberation, position) {
        authority -> Text,
        deliberation -> Text,
        position -> Integer,
        kind -> Text,
        value -> Text,
    }
}

table! {
    act_items (authority, deliberation, position) {
        authority -> Text,
        deliberation -> Text,
        position -> Integer,
        item -> Text,
    }
}

table! {
    act_matters (authority, deliberation, position) {
        authority -> Text,
        deliberation -> Text,
        position -> Integer,
        path -> Text,
    }
}

table! {
    external_ids (authority, record, position) {
        authority -> Text,
        record -> Text,
        position -> Integer,
        scheme -> Text,
        value -> Text,
    }
}

table! {
    attendance_rows (authority, sitting, list, position) {
        authority -> Text,
        sitting -> Text,
        list -> Integer,
        position -> Integer,
        person -> Nullable<Text>,
        printed -> Nullable<Text>,
        status -> Text,
        voting_right -> Text,
    }
}

table! {
    proxy_rows (authority, sitting, position) {
        authority -> Text,
        sitting -> Text,
        position -> Integer,
        giver -> Nullable<Text>,
        holder -> Nullable<Text>,
    }
}

table! {
    recusal_rows (authority, sitting, position) {
        authority -> Text,
        sitting -> Text,
        position -> Integer,
        recusal -> Text,
        item -> Nullable<Text>,
        person -> Nullable<Text>,
        kind -> Text,
    }
}

table! {
    ballot_rows (authority, sitting, ballot) {
        authority -> Text,
        sitting -> Text,
        ballot -> Text,
        kind -> Text,
        mode -> Text,
        target -> Text,
        outcome -> Text,
    }
}

table! {
    ballot_items (authority, sitting, ballot, position) {
        authority -> Text,
        sitting -> Text,
        ballot -> Text,
        position -> Integer,
        item -> Text,
    }
}

table! {
    tally_rows (authority, sitting, ballot, position) {
        authority -> Text,
        sitting -> Text,
        ballot -> Text,
        position -> Integer,
        answer -> Text,
        voter_kind -> Nullable<Text>,
        political_group -> Nullable<Text>,
        person -> Nullable<Text>,
        votes -> Nullable<Integer>,
    }
}

table! {
    vote_rows (authority, sitting, ballot, position) {
        authority -> Text,
        sitting -> Text,
        ballot -> Text,
        position -> Integer,
        person -> Nullable<Text>,
        answer -> Text,
        holder -> Nullable<Text>,
        basis -> Text,
    }
}

table! {
    budget_rows (authority, deliberation, position) {
        authority -> Text,
        deliberation -> Text,
        position -> Integer,
        operation -> Nullable<Text>,
        entry -> Nullable<Text>,
        nature -> Nullable<Text>,
        function -> Nullable<Text>,
        expense_cents -> Nullable<BigInt>,
        revenue_cents -> Nullable<BigInt>,
        currency -> Nullable<Text>,
    }
}

table! {
    beneficiary_rows (authority, deliberation, position) {
        authority -> Text,
        deliberation -> Text,
        position -> Integer,
        kind -> Text,
        name -> Nullable<Text>,
        siret -> Nullable<Text>,
        cents -> Nullable<BigInt>,
        currency -> Nullable<Text>,
        granted_cents -> Nullable<BigInt>,
        who -> Nullable<Text>,
    }
}

table! {
    act_search (authority, deliberation, public_text) {
        authority -> Text,
        deliberation -> Text,
        public_text -> Bool,
        place -> BigInt,
        sitting -> Text,
        body -> Text,
        date -> Date,
        outcome -> Text,
        digest -> Text,
        texts -> Text,
    }
}

table! {
    finding_rows (authority, record, version, position) {
        authority -> Text,
        record -> Text,
        version -> Integer,
        position -> Integer,
        code -> Text,
        severity -> Text,
        subject -> Text,
        decisive -> Nullable<Bool>,
    }
}

table! {
    act_facts (authority, deliberation, sequence) {
        authority -> Text,
        deliberation -> Text,
        sequence -> Integer,
        fact -> Text,
        kind -> Text,
        happened_on -> Date,
        document -> Binary,
        recorded_at -> Timestamp,
        recorded_by -> Text,
    }
}

table! {
    rectifications (authority, deliberation, sequence) {
        authority -> Text,
        deliberation -> Text,
        sequence -> Integer,
        rectification -> Text,
        kind -> Text,
        by_act -> Nullable<Text>,
        document -> Binary,
        recorded_at -> Timestamp,
        recorded_by -> Text,
    }
}

table! {
    act_standings (authority, deliberation) {
        authority -> Text,
        deliberation -> Text,
        date -> Date,
        transmissible -> Text,
        enforceable_on -> Nullable<Date>,
        transmitted_on -> Nullable<Date>,
        publication_ends -> Nullable<Date>,
    }
}

table! {
    register_numbers (authority, body, year, ordinal) {
        authority -> Text,
        body -> Text,
        year -> Integer,
        ordinal -> Integer,
        number -> Text,
        collision -> Text,
        state -> Text,
        deliberation -> Nullable<Text>,
        reason -> Nullable<Text>,
        recorded_at -> Timestamp,
        recorded_by -> Text,
    }
}

table! {
    log_entries (authority, leaf) {
        authority -> Text,
        leaf -> BigInt,
        deliberation -> Text,
        entry -> Binary,
        document -> Binary,
        sealed_at -> Timestamp,
        sealed_by -> Text,
    }
}

table! {
    log_nodes (authority, level, node) {
        authority -> Text,
        level -> Integer,
        node -> BigInt,
        hash -> Binary,
    }
}

table! {
    log_checkpoints (authority, size) {
        authority -> Text,
        size -> BigInt,
        note -> Text,
        signed_at -> Timestamp,
    }
}

table! {
    files (authority, id) {
        authority -> Text,
        id -> Text,
        record -> Text,
        version -> Integer,
        role -> Text,
        name -> Text,
        media_type -> Text,
        size -> BigInt,
        sha256 -> Text,
        recorded_at -> Timestamp,
        recorded_by -> Text,
    }
}

table! {
    record_parts (authority, record, kind, part) {
        authority -> Text,
        record -> Text,
        kind -> Text,
        part -> Text,
        created_at -> Timestamp,
        shown -> Bool,
        removed_at -> Nullable<Timestamp>,
    }
}

table! {
    restricted_reads (authority, id) {
        authority -> Text,
        id -> Text,
        operation -> Text,
        record -> Nullable<Text>,
        read_at -> Timestamp,
        read_by -> Text,
    }
}

table! {
    imports (authority, id) {
        authority -> Text,
        id -> Text,
        state -> Text,
        mode -> Text,
        dry_run -> Bool,
        checking -> Bool,
        size -> BigInt,
        sha256 -> Text,
        position -> BigInt,
        lines -> BigInt,
        accepted -> BigInt,
        unchanged -> BigInt,
        refused -> BigInt,
        scopes -> Text,
        reason -> Nullable<Text>,
        created_at -> Timestamp,
        created_by -> Text,
        run_from -> Nullable<Timestamp>,
        run_position -> BigInt,
        run_lines -> BigInt,
        modified_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        worker -> Nullable<Text>,
        leased_until -> Nullable<Timestamp>,
    }
}

table! {
    import_errors (authority, import, line) {
        authority -> Text,
        import -> Text,
        line -> BigInt,
        import_key -> Nullable<Text>,
        problem -> Text,
        told -> Binary,
    }
}

table! {
    import_keys (authority, import_key) {
        authority -> Text,
        import_key -> Text,
        record -> Text,
        digest -> Text,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    imports,
    import_errors,
    import_keys,
    act_facts,
    rectifications,
    act_standings,
    register_numbers,
    log_entries,
    log_nodes,
    log_checkpoints,
    files,
    record_parts,
    restricted_reads,
    identifiers,
    authorities,
    directory,
    sittings,
    sitting_entries,
    deliberations,
    versions,
    changes,
    change_heads,
    prepared_answers,
    answer_generations,
    webhooks,
    webhook_deliveries,
    webhook_attempts,
    idempotency_keys,
    revocations,
    act_numbers,
    act_items,
    act_matters,
    external_ids,
    attendance_rows,
    proxy_rows,
    recusal_rows,
    ballot_rows,
    ballot_items,
    tally_rows,
    vote_rows,
    budget_rows,
    beneficiary_rows,
    act_search,
    finding_rows
);
