"""What schemathesis does not check by itself."""

import schemathesis

# A request that is right by the contract may be refused for what it says (a person whom nobody knows, a day before another), never for its shape.
SHAPE_TYPES = {"/problems/unknown-parameter", "/problems/malformed-json"}
SHAPE_CODES = {"unknown_field", "type", "unknown_parameter", "twice", "needed", "control_character"}


@schemathesis.check
def not_refused_for_its_shape(ctx, response, case):
    if case.meta is None or not case.meta.generation.mode.is_positive or response.status_code not in (400, 422):
        return
    problem = response.json()
    shape = [error for error in problem["errors"] if error["code"] in SHAPE_CODES]
    # To JSON Schema 14.0 is a whole number; a JSON number with a point is none to the register.
    shape = [error for error in shape if "floating point" not in error["detail"]]
    assert problem["type"] not in SHAPE_TYPES and not shape, f"right by the contract, refused for its shape: {problem}"
