//! Forged tokens over the wire. Each is refused for what is internal, for what is public and for a write; a good one gets in.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};

use crate::harness::forged::{claims, header, hs256, message, now, own, own_message, own_under, signed, stranger};
use crate::harness::world::DRAFT;
use crate::harness::{ACT, Engine, PAS_DE_CALAIS, Server, Wire};

/// The title of the draft that is asked for.
const SECRET: &str = "Un projet";

/// Its name, and the `Authorization` headers.
type Case = (String, Vec<String>);

fn case(name: impl Into<String>, token: impl AsRef<str>) -> Case {
    (name.into(), vec![format!("Bearer {}", token.as_ref())])
}

/// The header of a good token, with these members.
fn with(server: &Server, members: &Value) -> Value {
    let mut all = header(server, "EdDSA");
    all.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    all
}

fn algorithms(server: &Server, good: &str) -> Vec<Case> {
    let (_, signature) = good.rsplit_once('.').unwrap();
    let mut cases = vec![case("HS256 with the bytes of the public key", hs256(server))];
    for spelling in
        ["none", "None", "NONE", "nOnE", "none ", "", "null", "HS256", "HS384", "HS512", "RS256", "ES256", "PS256", "ES256K", "Ed25519", "eddsa"]
    {
        let message = message(&header(server, spelling), &claims(&[]));
        cases.push(case(format!("alg {spelling:?} without a signature"), format!("{message}.")));
        cases.push(case(format!("alg {spelling:?} with a signature"), format!("{message}.{signature}")));
    }
    for (name, alg) in [("null", Value::Null), ("a list", json!(["EdDSA"])), ("a number", json!(0)), ("an object", json!({"EdDSA": 1}))] {
        cases.push(case(format!("alg that is {name}"), own_under(server, &with(server, &json!({"alg": alg})), &claims(&[]))));
    }
    let mut bare = header(server, "EdDSA");
    bare.as_object_mut().unwrap().remove("alg");
    cases.push(case("no alg", own_under(server, &bare, &claims(&[]))));
    // What everyone can read of the key, taken for a shared secret.
    let jwk = server.key.jwk();
    for (name, secret) in
        [("JWK", jwk.to_string()), ("x", jwk["x"].as_str().unwrap().to_owned()), ("kid", server.key.kid().to_owned()), ("empty text", String::new())]
    {
        let message = message(&header(server, "HS256"), &claims(&[]));
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &EncodingKey::from_secret(secret.as_bytes()), Algorithm::HS256).unwrap();
        cases.push(case(format!("HS256 with the {name}"), format!("{message}.{signature}")));
    }
    cases
}

fn keys(server: &Server) -> Vec<Case> {
    let kid = server.key.kid().to_owned();
    let mut cases = Vec::new();
    let kids = [
        ("a path", "../../../../dev/null".to_owned()),
        ("the file of the key", "local-key.pem".to_owned()),
        ("SQL", "x' UNION SELECT 'AA' --".to_owned()),
        ("a command", "|id".to_owned()),
        ("an address", "http://127.0.0.1:1/key".to_owned()),
        ("empty", String::new()),
        ("NUL behind it", format!("{kid}\0")),
        ("a space behind it", format!("{kid} ")),
        ("its capitals", kid.to_uppercase()),
        ("10 kB", "k".repeat(10_000)),
    ];
    for (name, wrong) in kids {
        cases.push(case(format!("kid: {name}"), own_under(server, &with(server, &json!({"kid": wrong})), &claims(&[]))));
    }
    for (name, wrong) in [("a number", json!(1)), ("a list", json!([kid])), ("an object", json!({"$ne": ""}))] {
        cases.push(case(format!("kid that is {name}"), own_under(server, &with(server, &json!({"kid": wrong})), &claims(&[]))));
    }
    // A key that the token brings along.
    let other = stranger();
    let x = URL_SAFE_NO_PAD.encode(other.verifying_key().as_bytes());
    let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": x, "kid": kid, "alg": "EdDSA"});
    for (name, brought) in [
        ("jwk", json!({"jwk": jwk})),
        ("jwk under another kid", json!({"jwk": jwk, "kid": "mine"})),
        ("jku", json!({"jku": "http://127.0.0.1:1/jwks.json"})),
        ("x5u", json!({"x5u": "http://127.0.0.1:1/x.pem"})),
        ("x5c", json!({"x5c": [x]})),
        ("x5t", json!({"x5t": x, "x5t#S256": x})),
    ] {
        cases.push(case(format!("a key in {name}"), signed(&other, &with(server, &brought), &claims(&[]))));
    }
    cases.push(case("another's key under its own name", signed(&other, &json!({"alg": "EdDSA", "kid": "stranger"}), &claims(&[]))));
    cases.push(case("another's key under ours", signed(&other, &header(server, "EdDSA"), &claims(&[]))));
    // An extension that must be understood.
    for crit in [json!(["b64"]), json!(["exp"]), json!([]), json!("exp")] {
        let members = with(server, &json!({"crit": crit, "b64": false}));
        cases.push(case(format!("crit {crit}"), own_under(server, &members, &claims(&[]))));
    }
    cases
}

fn said(server: &Server) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut wrong = |name: &str, claim: &str, value: Value| cases.push(case(name, own(server, &claims(&[(claim, value)]))));
    wrong("expired a minute ago", "exp", json!(now() - 60));
    wrong("expired in 1970", "exp", json!(0));
    wrong("expired before 1970", "exp", json!(-1));
    wrong("exp that is a text", "exp", json!("9999999999"));
    wrong("exp beyond every number", "exp", json!(1e300));
    wrong("exp true", "exp", json!(true));
    wrong("not before tomorrow", "nbf", json!(now() + 86_400));
    wrong("nbf that is a text", "nbf", json!("0"));
    wrong("nbf in a list", "nbf", json!([0]));
    wrong("iat that is a text", "iat", json!("yesterday"));
    wrong("iat true", "iat", json!(true));
    wrong("iat in an object", "iat", json!({}));
    wrong("another issuer", "iss", json!("https://elsewhere.example"));
    wrong("an issuer that begins like ours", "iss", json!("registre.elsewhere.example"));
    wrong("our issuer in capitals", "iss", json!("REGISTRE"));
    wrong("our issuer in a list", "iss", json!(["registre"]));
    wrong("another audience", "aud", json!("elsewhere"));
    wrong("a list of other audiences", "aud", json!(["elsewhere", "registre2"]));
    wrong("no audience in the list", "aud", json!([]));
    wrong("an audience that holds ours", "aud", json!("registre elsewhere"));
    wrong("a list in a list", "aud", json!([["registre"]]));
    wrong("an audience among numbers", "aud", json!(["registre", 1]));
    wrong("scopes in a list", "scope", json!(["admin"]));
    wrong("an authority that cannot be", "authority", json!("226200013"));
    wrong("an authority that is a number", "authority", json!(226_200_012));
    wrong("two authorities", "authority", json!([PAS_DE_CALAIS, "229900105"]));
    wrong("SQL for an authority", "authority", json!("' OR 1=1 --"));
    wrong("nobody", "sub", json!(""));
    wrong("a name with a line feed", "sub", json!("a\nb"));
    wrong("a name of 257 characters", "sub", json!("a".repeat(257)));
    wrong("an identifier with NUL", "jti", json!("a\0"));
    for claim in ["iss", "aud", "sub", "iat", "exp", "jti", "scope", "authority"] {
        let mut without = claims(&[]);
        without.as_object_mut().unwrap().remove(claim);
        cases.push(case(format!("without {claim}"), own(server, &without)));
    }
    cases
}

fn shapes(server: &Server, good: &str) -> Vec<Case> {
    let parts: Vec<&str> = good.split('.').collect();
    let [head, payload, signature] = parts[..] else { panic!("{good}") };
    // Claims that stand twice, so that two readers may take one each.
    let twice = |claim: &str, value: &str| {
        let payload = claims(&[]).to_string().replacen('{', &format!("{{\"{claim}\":{value},"), 1);
        let message = format!("{head}.{}", URL_SAFE_NO_PAD.encode(payload));
        own_message(server, &message)
    };
    let nested = format!("{}.{}", URL_SAFE_NO_PAD.encode(with(server, &json!({"cty": "JWT"})).to_string()), URL_SAFE_NO_PAD.encode(good));
    let padded = format!("{head}=.{payload}=.{signature}=");
    let mut cases = vec![
        case("sub twice", twice("sub", "\"eve\"")),
        case("authority twice", twice("authority", "\"229900105\"")),
        case("exp twice", twice("exp", "1")),
        case("a token in a token", own_message(server, &nested)),
        case("a token that is a list", own_message(server, &format!("{head}.{}", URL_SAFE_NO_PAD.encode("[]")))),
        case("claims that are no JSON", own_message(server, &format!("{head}.{}", URL_SAFE_NO_PAD.encode("sub=test")))),
        case("claims that are not UTF-8", own_message(server, &format!("{head}.{}", URL_SAFE_NO_PAD.encode(b"{\"sub\":\"\xff\"}")))),
        case("claims nested 5000 deep", own_message(server, &format!("{head}.{}", URL_SAFE_NO_PAD.encode(format!("{{\"x\":{}", "[".repeat(5000)))))),
        case("a huge token", own(server, &claims(&[("padding", json!("a".repeat(20_000)))]))),
        case("60 kB of points", ".".repeat(60_000)),
        case("no signature", format!("{head}.{payload}.")),
        case("no third part", format!("{head}.{payload}")),
        case("a fourth part", format!("{good}.{signature}")),
        case("no header", format!(".{payload}.{signature}")),
        case("no claims", format!("{head}..{signature}")),
        case("parts in another order", format!("{payload}.{head}.{signature}")),
        case("a signature of zeros", format!("{head}.{payload}.{}", URL_SAFE_NO_PAD.encode([0; 64]))),
        case("a signature twice as long", format!("{head}.{payload}.{signature}{signature}")),
        case("the other base64", padded),
        case("escaped points", good.replace('.', "%2e")),
        case("a comma and another", format!("{good}, Bearer {good}")),
        case("a comma behind", format!("{good},")),
        case("a space within", format!("{head}. {payload}.{signature}")),
        case("a tab within", format!("{head}.\t{payload}.{signature}")),
        case("quotes", format!("\"{good}\"")),
        case("no token", ""),
    ];
    let headers = |name: &str, headers: &[String]| (name.to_owned(), headers.to_vec());
    let bearer = format!("Bearer {good}");
    cases.extend([
        headers("twice the same header", &[bearer.clone(), bearer.clone()]),
        headers("a good one and a forged one", &[bearer.clone(), "Bearer garbage".to_owned()]),
        headers("a forged one and a good one", &["Bearer garbage".to_owned(), bearer.clone()]),
        headers("another scheme and a good one", &["Basic eDp5".to_owned(), bearer.clone()]),
        headers("the scheme of passwords", &[format!("Basic {good}")]),
        headers("no scheme", &[good.to_owned()]),
        headers("no space", &[format!("Bearer{good}")]),
        headers("a colon for the space", &[format!("Bearer:{good}")]),
        headers("DPoP", &[format!("DPoP {good}")]),
        headers("an empty header", &[String::new()]),
        headers("letters beyond ASCII", &[format!("Bearer {good}é")]),
    ]);
    cases
}

/// Whether a request is refused as a bad token is; what came, where not.
fn refused(server: &Server, (name, authorization): &Case, method: &str, target: &str) -> Result<(), String> {
    let mut headers: Vec<(&'static str, String)> = authorization.iter().map(|value| ("Authorization", value.clone())).collect();
    let mut body = String::new();
    if method == "POST" {
        headers.push(("Content-Type", "application/json".to_owned()));
        body = json!({"name": "Forgé"}).to_string();
    }
    let answer = Wire { method, target, headers: &headers, body: body.as_bytes() }.send(server);
    let problem = serde_json::from_str::<Value>(&answer.text).unwrap_or_default();
    let right = answer.status == 401
        && (problem["type"] == "/problems/token-invalid" || problem["type"] == "/problems/token-missing")
        && answer.headers.get("www-authenticate").is_some_and(|challenge| challenge.to_str().unwrap().starts_with("Bearer"))
        && answer.headers.get("cache-control").is_some_and(|cache| cache == "no-store")
        && !answer.text.contains(SECRET);
    if right { Ok(()) } else { Err(format!("{name}, {method} {target}: {} {}", answer.status, answer.text)) }
}

#[test]
fn no_forged_token_gets_in() {
    let server = Server::world(Engine::Sqlite);
    let good = own(&server, &claims(&[("scope", json!("records:read directory:write"))]));
    let draft = format!("/v1/deliberations/{DRAFT}");
    let lets_in = |authorization: String| {
        let headers = [("Authorization", authorization)];
        let answer = Wire { method: "GET", target: &draft, headers: &headers, body: b"" }.send(&server);
        assert!(answer.status == 200 && answer.text.contains(SECRET), "{}", answer.text);
    };
    let cases: Vec<Case> = [algorithms(&server, &good), keys(&server), said(&server), shapes(&server, &good)].concat();
    let targets =
        [("GET", draft.clone()), ("GET", format!("{draft}/record")), ("GET", format!("/v1/deliberations/{ACT}")), ("POST", "/v1/groups".to_owned())];
    let mut watch = server.database.watch();
    // Cold, and once the good token is kept in memory.
    for _ in 0..2 {
        let wrong: Vec<String> =
            cases.iter().flat_map(|case| targets.iter().filter_map(|(method, target)| refused(&server, case, method, target).err())).collect();
        assert!(wrong.is_empty(), "{} were not refused:\n{}", wrong.len(), wrong.join("\n"));
        lets_in(format!("Bearer {good}"));
    }
    assert!(watch.unchanged(), "something was written");
    // The scheme's case is free, and so are the spaces around (RFC 9110 §11.1, §5.5).
    for scheme in ["bearer ", "BEARER ", "Bearer   "] {
        lets_in(format!("{scheme}{good} "));
    }
    println!("{} forged tokens × {} operations, twice: all refused", cases.len(), targets.len());
    assert!(cases.len() >= 140, "only {} are left", cases.len());
}

/// Each byte of a good token, changed: into another letter of base64url, and by one bit.
#[test]
fn no_byte_of_a_token_can_be_changed() {
    let server = Server::world(Engine::Sqlite);
    let good = own(&server, &claims(&[]));
    let target = format!("/v1/deliberations/{DRAFT}");
    let mut tried = 0;
    for at in 0..good.len() {
        let byte = good.as_bytes()[at];
        let letter = if byte == b'A' { b'B' } else { b'A' };
        // What would end the header is no token any more.
        for other in [letter, byte ^ 1, byte ^ 0x20].into_iter().filter(|other| *other != byte && other.is_ascii_graphic()) {
            let mut bytes = good.clone().into_bytes();
            bytes[at] = other;
            let forged = String::from_utf8(bytes).unwrap();
            refused(&server, &case(format!("byte {at}"), forged), "GET", &target).unwrap();
            tried += 1;
        }
    }
    for length in 0..good.len() {
        refused(&server, &case(format!("the first {length} bytes"), &good[..length]), "GET", &target).unwrap();
        tried += 1;
    }
    server.get(&target, Some(&good)).expect(200);
    println!("{tried} changed or cut tokens: all refused");
    assert!(tried > 3 * good.len());
}
