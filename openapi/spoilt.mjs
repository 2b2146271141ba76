// node spoilt.mjs CONTRACT COPY: writes a copy of the contract with a fault for every rule, and prints each as "LINTER RULE PLACE".
import { readFileSync, writeFileSync } from "node:fs";

const [contract, copy] = process.argv.slice(2);
const document = JSON.parse(readFileSync(contract, "utf8"));
const schemas = document.components.schemas;
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })));
// Each fault is made in an operation of its own, the first that has what it spoils.
const used = new Set();
const first = (fits) => {
  const found = operations.find((one) => !used.has(one.operation) && fits(one.operation));
  used.add(found.operation);
  return found;
};
const tell = (linter, rule, ...place) => console.log(linter, rule, linter === "spectral"
  ? place.join("/") : `#/${place.map((part) => String(part).replaceAll("~", "~0").replaceAll("/", "~1")).join("/")}`);
const json = (content) => Object.keys(content ?? {}).find((media) => media === "application/json");
const withBody = (operation) => operation.requestBody && json(operation.requestBody.content);
const any = () => true;
const at = ({ path, method }, ...rest) => ["paths", path, method, ...rest];
let one;

one = first(any); delete one.operation.description; tell("spectral", "operation-description", ...at(one));
one = first(any); delete one.operation.summary; tell("spectral", "operation-summary", ...at(one)); tell("redocly", "operation-summary", ...at(one));
one = first(any); one.operation.operationId = "Not_camel"; tell("spectral", "operation-id-in-camel-case", ...at(one, "operationId"));
one = first(any); one.operation.tags.push("sittings"); tell("spectral", "operation-one-tag", ...at(one, "tags"));
one = first(any); one.operation.tags = ["nowhere"]; tell("spectral", "operation-tag-defined", ...at(one, "tags", 0));
one = first(any); delete one.operation.security; tell("spectral", "operation-says-who-may", ...at(one));
tell("redocly", "security-defined", ...at(one));
one = first((o) => o.parameters?.length); delete one.operation.parameters[0].description;
tell("spectral", "parameter-described", ...at(one, "parameters", 0));
one = first((o) => o.parameters?.some((p) => p.in === "query"));
let index = one.operation.parameters.findIndex((p) => p.in === "query");
one.operation.parameters[index].name = "notSnake"; tell("spectral", "parameter-in-snake-case", ...at(one, "parameters", index, "name"));
one = first(any); one.operation.responses[200] ??= { description: "It" };
one.operation.responses[200].headers = { "X-Request-Id": { schema: { type: "string" } } };
tell("spectral", "header-described", ...at(one, "responses", 200, "headers", "X-Request-Id"));
one = first((o) => o.responses[200]?.headers); delete one.operation.responses[200].headers["X-Request-Id"];
tell("spectral", "answer-has-request-id", ...at(one, "responses", 200, "headers"));
one = first(withBody); let media = json(one.operation.requestBody.content); delete one.operation.requestBody.content[media].example;
tell("spectral", "json-has-example", ...at(one, "requestBody", "content", media));
one = first(withBody); media = json(one.operation.requestBody.content); one.operation.requestBody.content[media].example = { not_there: 1 };
tell("redocly", "no-invalid-media-type-examples", ...at(one, "requestBody", "content", media, "example"));
const list = (o) => o.responses[200]?.content?.["application/json"]?.schema?.$ref?.includes("/List_");
one = first(list); delete one.operation.responses[200].headers.Link;
tell("spectral", "list-has-paging-headers", ...at(one, "responses", 200, "headers"));
one = first((o) => o.responses[404]); one.operation.responses[404].content = { "text/plain": { schema: { type: "string" } } };
tell("spectral", "error-is-a-problem", ...at(one, "responses", 404, "content"));
one = first((o) => o.responses[200]); delete one.operation.responses[200].description;
tell("redocly", "struct", ...at(one, "responses", 200));

const names = Object.keys(schemas);
const listed = names.find((name) => name.startsWith("List_"));
schemas[listed].required = ["data"]; tell("spectral", "list-has-next", "components/schemas", listed, "required");
schemas.Problem.required = ["status"]; tell("spectral", "problem-has-type", "components/schemas/Problem/required");
delete schemas.Ballot.description; tell("spectral", "schema-described", "components/schemas/Ballot");
schemas.not_pascal = { type: "string", description: "A fault." }; tell("spectral", "schema-in-pascal-case", "components/schemas/not_pascal");
const union = names.find((name) => schemas[name].discriminator); delete schemas[union].discriminator;
tell("spectral", "union-told-apart", "components/schemas", union);
const [enumerated, members] = names.filter((name) => schemas[name].enum).map((name) => [name, schemas[name].enum])[0];
members.push("Not A Word"); tell("spectral", "enum-member-is-a-word", "components/schemas", enumerated, "enum", members.length - 1);
const properties = schemas.Ballot.properties;
delete properties.covers.description; tell("spectral", "property-described", "components/schemas/Ballot/properties/covers");
properties.notSnake = { type: "string", description: "A fault." };
tell("spectral", "property-in-snake-case", "components/schemas/Ballot/properties/notSnake");
properties.heading.description = "What introduces the vote."; tell("spectral", "null-explained", "components/schemas/Ballot/properties/heading");
properties.votes_cast.description = "Votes cast."; tell("spectral", "null-explained", "components/schemas/Ballot/properties/votes_cast");
writeFileSync(copy, JSON.stringify(document));
