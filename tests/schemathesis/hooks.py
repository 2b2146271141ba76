"""What schemathesis does not check by itself."""

import schemathesis

# A request that is right by the contract may be refused for what it says (a person whom nobody knows, a day before another), never for its shape.
SHAPE_TYPES = {"/problems/unknown-parameter", "/problems/malformed-json"}
# `twice` is not of these: a parameter given twice has a type of problem of its own, and in a body it is about identifiers and codes of a list, which
# `uniqueItems` could say for plain ones only, and at a price: generated clients would make unordered sets of them.
SHAPE_CODES = {"unknown_field", "type", "unknown_parameter", "needed"}
# What JSON Schema cannot say: the check digit of a SIREN; and that to the register a number with a point is no whole number (14.0 is one to JSON Schema).
UNSAYABLE = ("Luhn", "floating point")


# An import is bytes to the contract: what is in its lines is read by a worker, later. Here the door is tried, as with other files.
schemathesis.serializer.alias("application/x-ndjson", "application/octet-stream")


@schemathesis.check
def not_refused_for_its_shape(ctx, response, case):
    if case.meta is None or not case.meta.generation.mode.is_positive or response.status_code not in (400, 422):
        return
    problem = response.json()
    shape = [error for error in problem["errors"] if error["code"] in SHAPE_CODES and not any(word in error["detail"] for word in UNSAYABLE)]
    assert problem["type"] not in SHAPE_TYPES and not shape, f"right by the contract, refused for its shape: {problem}"
