//! Who asks. The scope that an operation needs is a type in its handler's signature.

use std::marker::PhantomData;
use std::sync::Arc;

use actix_web::http::header::{AUTHORIZATION, HeaderName};
use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Data};
use futures_util::future::{Either, LocalBoxFuture, Ready, ready};

use super::problem::{Kind, Problem};
use super::tokens::{Caller, Scope, TokenError, Verifier, bearer};
use crate::register::{Actor, Reached, Reader};

/// A scope as a type.
pub trait Needs {
    /// `None`: any valid token.
    const SCOPE: Option<Scope>;
}

macro_rules! needs {
    ($($name:ident = $scope:expr;)+) => {$(
        pub struct $name;
        impl Needs for $name {
            const SCOPE: Option<Scope> = $scope;
        }
    )+};
}
needs! {
    AnyToken = None;
    DirectoryWrite = Some(Scope::DirectoryWrite);
    SittingsWrite = Some(Scope::SittingsWrite);
    DeliberationsWrite = Some(Scope::DeliberationsWrite);
    ActsPublish = Some(Scope::ActsPublish);
    ActsSeal = Some(Scope::ActsSeal);
    ActsTransmit = Some(Scope::ActsTransmit);
    ActsRectify = Some(Scope::ActsRectify);
    FindingsWaive = Some(Scope::FindingsWaive);
    RecordsRead = Some(Scope::RecordsRead);
    RestrictedRead = Some(Scope::RestrictedRead);
    AuditRead = Some(Scope::AuditRead);
    IntegrationsManage = Some(Scope::IntegrationsManage);
    Admin = Some(Scope::Admin);
}

/// A caller whose token has the scope.
pub struct Granted<S> {
    pub caller: Arc<Caller>,
    scope: PhantomData<S>,
}

impl<S> Granted<S> {
    pub fn actor(&self) -> Actor {
        actor(&self.caller)
    }

    /// What this caller may read.
    pub fn reader(&self) -> Reader {
        reader(&self.caller, None)
    }
}

fn actor(caller: &Caller) -> Actor {
    Actor { sub: caller.sub.clone(), authority: caller.authority.clone(), may_waive: caller.scopes.contains(Scope::FindingsWaive) }
}

fn reader(caller: &Caller, seen: Option<Reached>) -> Reader {
    if caller.scopes.contains(Scope::RecordsRead) || caller.scopes.contains(Scope::RestrictedRead) {
        Reader { authority: Some(caller.authority.clone()), restricted: caller.scopes.contains(Scope::RestrictedRead), seen }
    } else {
        Reader { seen, ..Reader::default() }
    }
}

/// What the answer to a write says it reached, and what a reader has seen who sends it back.
pub static SEQUENCE: HeaderName = HeaderName::from_static("registre-sequence");

/// What a reader has seen.
fn seen(request: &HttpRequest) -> Result<Option<Reached>, Problem> {
    let Some(value) = request.headers().get(&SEQUENCE) else { return Ok(None) };
    let seen = value.to_str().ok().and_then(|value| value.trim().parse().ok());
    seen.map(Some).ok_or_else(|| {
        Problem::new(Kind::InvalidParameter).at(
            "Registre-Sequence",
            "sequence",
            "ce que la réponse à une écriture a dit, tel quel",
            "what the answer to a write said, as it stands",
        )
    })
}

/// A caller who may write at least one kind of what a file to import may hold. Each line needs the scope of its own kind.
pub struct Importer(pub Arc<Caller>);

impl Importer {
    pub fn actor(&self) -> Actor {
        actor(&self.0)
    }
}

impl FromRequest for Importer {
    type Error = Problem;
    type Future = Soon<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        caller(request, |caller| {
            let caller = caller.ok_or_else(|| Problem::token(&TokenError::Missing))?;
            let needed = [Scope::DirectoryWrite, Scope::SittingsWrite, Scope::DeliberationsWrite];
            if needed.iter().any(|scope| caller.scopes.contains(*scope)) {
                return Ok(Self(caller));
            }
            Err(Problem::scope("directory:write sittings:write deliberations:write"))
        })
    }
}

/// A caller who may write sittings and deliberations both: an act that is taken in comes with its sitting.
pub struct Transcriber(Arc<Caller>);

impl Transcriber {
    pub fn actor(&self) -> Actor {
        actor(&self.0)
    }

    /// Whether people who are new may be made along with the act.
    ///
    /// # Errors
    /// [`Kind::ScopeMissing`].
    pub fn may_make_people(&self) -> Result<(), Problem> {
        let scope = Scope::DirectoryWrite;
        if self.0.scopes.contains(scope) { Ok(()) } else { Err(Problem::scope(scope.wire())) }
    }
}

impl FromRequest for Transcriber {
    type Error = Problem;
    type Future = Soon<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        caller(request, |caller| {
            let caller = caller.ok_or_else(|| Problem::token(&TokenError::Missing))?;
            let needed = [Scope::SittingsWrite, Scope::DeliberationsWrite];
            match needed.into_iter().find(|scope| !caller.scopes.contains(*scope)) {
                Some(missing) => Err(Problem::scope(missing.wire())),
                None => Ok(Self(caller)),
            }
        })
    }
}

/// A reader: the public, or who a token says. A token that is not valid is refused, not taken for none.
pub struct Reading(pub Reader, Option<Actor>);

impl Reading {
    /// Who reads, where restricted fields are shown.
    pub fn restricted(&self) -> Option<Actor> {
        self.1.clone().filter(|_| self.0.restricted)
    }
}

enum Asked {
    Nobody,
    Known(Arc<Caller>),
    Token(String),
}

/// Whom the header names, as far as memory tells.
fn asked(request: &HttpRequest, verifier: &Verifier) -> Result<Asked, Problem> {
    let mut all = request.headers().get_all(AUTHORIZATION);
    let Some(header) = all.next() else { return Ok(Asked::Nobody) };
    // Another reader on the way may have looked at the other one.
    if all.next().is_some() {
        return Err(Problem::token(&TokenError::Malformed));
    }
    let header = header.to_str().map_err(|_| Problem::token(&TokenError::Malformed))?;
    let token = bearer(Some(header)).map_err(|e| Problem::token(&e))?;
    Ok(verifier.cached(token).map_or_else(|| Asked::Token(token.to_owned()), Asked::Known))
}

fn verifier(request: &HttpRequest) -> Result<Data<Verifier>, Problem> {
    request.app_data::<Data<Verifier>>().cloned().ok_or_else(|| Problem::new(Kind::Internal))
}

/// Known at once, or after a wait.
type Soon<T> = Either<Ready<Result<T, Problem>>, LocalBoxFuture<'static, Result<T, Problem>>>;

/// Who reads, as far as memory tells: none where a token must be verified first.
pub fn known(request: &HttpRequest) -> Option<Reader> {
    let seen = seen(request).ok()?;
    if !request.headers().contains_key(AUTHORIZATION) {
        return Some(Reader { seen, ..Reader::default() });
    }
    match asked(request, request.app_data::<Data<Verifier>>()?) {
        Ok(Asked::Known(caller)) => Some(reader(&caller, seen)),
        _ => None,
    }
}

/// Whose token it is, as far as memory tells.
pub fn known_caller(request: &HttpRequest) -> Option<Arc<Caller>> {
    match asked(request, request.app_data::<Data<Verifier>>()?) {
        Ok(Asked::Known(caller)) => Some(caller),
        _ => None,
    }
}

/// Asks the verifier, and waits for it only where memory does not tell.
fn caller<T: 'static>(request: &HttpRequest, then: impl Fn(Option<Arc<Caller>>) -> Result<T, Problem> + 'static) -> Soon<T> {
    let asked = verifier(request).and_then(|v| Ok((asked(request, &v)?, v)));
    match asked {
        Err(problem) => Either::Left(ready(Err(problem))),
        Ok((Asked::Nobody, _)) => Either::Left(ready(then(None))),
        Ok((Asked::Known(caller), _)) => Either::Left(ready(then(Some(caller)))),
        Ok((Asked::Token(token), verifier)) => Either::Right(Box::pin(async move {
            let caller = verifier.verify(&token).await.map_err(|e| Problem::token(&e))?;
            then(Some(caller))
        })),
    }
}

impl FromRequest for Reading {
    type Error = Problem;
    type Future = Soon<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let seen = match seen(request) {
            Ok(seen) => seen,
            Err(problem) => return Either::Left(ready(Err(problem))),
        };
        caller(request, move |caller| {
            let seen = seen.clone();
            Ok(match caller {
                None => Self(Reader { seen, ..Reader::default() }, None),
                Some(caller) => Self(reader(&caller, seen), Some(actor(&caller))),
            })
        })
    }
}

impl<S: Needs + 'static> FromRequest for Granted<S> {
    type Error = Problem;
    type Future = Soon<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        caller(request, |caller| {
            let caller = caller.ok_or_else(|| Problem::token(&TokenError::Missing))?;
            match S::SCOPE {
                Some(scope) if !caller.scopes.contains(scope) => Err(Problem::scope(scope.wire())),
                _ => Ok(Self { caller, scope: PhantomData }),
            }
        })
    }
}
