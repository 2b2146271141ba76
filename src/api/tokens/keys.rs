//! The keys that verify an issuer's tokens, from up to three places: the register's own key, a JWKS file, an address. Where two keys bear the
//! same `kid`, the first in that order counts.
//!
//! Every change of the keys begins a new *generation*; a token verified under an older one is verified again.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};
use std::time::{Duration, Instant, SystemTime};

use actix_web::rt;

use super::LocalKey;
use super::fetch::Address;
use super::jwk::{self, Key, KeysError};

/// Where the keys are, and how often to look.
#[derive(Clone, Debug)]
pub struct KeysConfig {
    pub jwks_file: Option<PathBuf>,
    pub jwks_url: Option<String>,
    /// An issuer that says itself where its JWK set is (OpenID Connect Discovery 1.0); `jwks_url` goes before.
    pub issuer: Option<String>,
    /// Accept an `http://` address that is not this machine's.
    pub allow_plain_http: bool,
    /// The file is looked at no more often than this.
    pub file_check: Duration,
    /// The address is asked again for an unknown `kid` no more often than this, whatever the number of tokens that bear one.
    pub refetch_at_most: Duration,
    /// The address is asked again anyhow after this.
    pub refresh_every: Duration,
    pub timeout: Duration,
    /// The longest JWK set taken in.
    pub max_bytes: usize,
}

impl Default for KeysConfig {
    fn default() -> Self {
        Self {
            jwks_file: None,
            jwks_url: None,
            issuer: None,
            allow_plain_http: false,
            file_check: Duration::from_secs(1),
            refetch_at_most: Duration::from_secs(10),
            refresh_every: Duration::from_secs(600),
            timeout: Duration::from_secs(5),
            max_bytes: 256 * 1024,
        }
    }
}

/// The keys, kept up to date.
pub struct KeySet {
    table: RwLock<Arc<Table>>,
    file: Option<Mutex<Watched>>,
    file_check: Duration,
    remote: Option<Remote>,
    max_bytes: usize,
}

/// The keys of one generation.
#[derive(Clone, Default)]
struct Table {
    generation: u64,
    local: Vec<Arc<Key>>,
    file: Vec<Arc<Key>>,
    remote: Vec<Arc<Key>>,
}

struct Watched {
    path: PathBuf,
    checked: Instant,
    /// Of what was read last.
    stamp: Option<Stamp>,
    /// So that one bad file is complained of once, and not every second.
    complained: bool,
}

#[derive(Clone, Copy, PartialEq)]
struct Stamp {
    modified: SystemTime,
    len: u64,
}

struct Remote {
    address: Address,
    /// When it was last asked, successfully or not.
    tried: Mutex<Option<Instant>>,
    /// Somebody is asking.
    busy: AtomicBool,
    reached: AtomicBool,
    refetch_at_most: Duration,
    refresh_every: Duration,
}

impl KeySet {
    /// Reads the keys, and goes on refreshing those of an address for as long as the set is in use. To be called within actix's runtime.
    ///
    /// A file that cannot be read, or an address that is none, is an error: a mistake of configuration shows at once. An address that
    /// does not answer is not: the register starts, and refuses tokens with [`super::TokenError::KeysUnavailable`] until it does.
    pub async fn open(config: KeysConfig, local: Option<&LocalKey>) -> Result<Arc<Self>, KeysError> {
        let mut table = Table::default();
        if let Some(local) = local {
            // The register makes its own JWK: there is nothing to leave out.
            table.local = jwk::read(local.jwk()).map(Arc::new).into_iter().collect();
        }
        let (plain, timeout, max) = (config.allow_plain_http, config.timeout, config.max_bytes);
        let remote = match (&config.jwks_url, &config.issuer) {
            (Some(url), _) => Some(Address::new(url, plain, timeout, max)?),
            (None, Some(issuer)) => Some(Address::of_issuer(issuer, plain, timeout, max)?),
            (None, None) => None,
        };
        let set = Arc::new(Self {
            table: RwLock::new(Arc::new(table)),
            file: config.jwks_file.map(|path| Mutex::new(Watched { path, checked: Instant::now(), stamp: None, complained: false })),
            file_check: config.file_check,
            remote: remote.map(|address| Remote {
                address,
                tried: Mutex::new(None),
                busy: AtomicBool::new(false),
                reached: AtomicBool::new(false),
                refetch_at_most: config.refetch_at_most,
                refresh_every: config.refresh_every,
            }),
            max_bytes: config.max_bytes,
        });
        if let Some(file) = &set.file {
            set.read_file(&mut file.lock().unwrap_or_else(PoisonError::into_inner))?;
        }
        if set.remote.is_some() {
            set.refetch().await;
            rt::spawn(refresh(Arc::downgrade(&set)));
        }
        Ok(set)
    }

    /// Grows with every change of the keys.
    pub fn generation(&self) -> u64 {
        self.poll_file();
        self.table().generation
    }

    /// The key that a header names, and the generation that it is of. A token may leave `kid` out only where there is a single key.
    pub(super) fn find(&self, kid: Option<&str>) -> Option<(Arc<Key>, u64)> {
        self.poll_file();
        let table = self.table();
        let mut all = table.all();
        let key = match kid {
            Some(kid) => all.find(|key| key.kid.as_deref().unwrap_or(&key.thumbprint) == kid),
            None => all.next().filter(|_| all.next().is_none()),
        };
        key.map(|key| (Arc::clone(key), table.generation))
    }

    /// Asks the address again, unless that was done a moment ago. A caller who goes away does not stop it.
    pub(super) async fn look_again(self: &Arc<Self>) {
        if self.remote.is_some() {
            let set = Arc::clone(self);
            let _ = rt::spawn(async move { set.refetch().await }).await;
        }
    }

    /// Whether every place was read once and some key is there: if not, a token that is refused may well be good.
    pub(super) fn is_complete(&self) -> bool {
        self.table().all().next().is_some() && self.remote.as_ref().is_none_or(|remote| remote.reached.load(Ordering::Relaxed))
    }

    fn table(&self) -> Arc<Table> {
        Arc::clone(&self.table.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts new keys in their place; the same keys again do not begin a new generation.
    fn replace(&self, place: fn(&mut Table) -> &mut Vec<Arc<Key>>, keys: Vec<Key>) {
        let mut current = self.table.write().unwrap_or_else(PoisonError::into_inner);
        let mut table = Table::clone(&current);
        let old = place(&mut table);
        if !old.iter().map(|key| (&key.kid, &key.thumbprint)).eq(keys.iter().map(|key| (&key.kid, &key.thumbprint))) {
            *old = keys.into_iter().map(Arc::new).collect();
            table.generation += 1;
            tracing::info!(keys = table.all().count(), generation = table.generation, "the keys that verify tokens changed");
            *current = Arc::new(table);
        }
    }

    /// Reads the file again if it changed. Whoever comes while another looks goes on with the keys that are there.
    fn poll_file(&self) {
        let Some(Ok(mut file)) = self.file.as_ref().map(Mutex::try_lock) else { return };
        if file.checked.elapsed() < self.file_check {
            return;
        }
        file.checked = Instant::now();
        if let Err(error) = self.read_file(&mut file)
            && !std::mem::replace(&mut file.complained, true)
        {
            tracing::warn!(%error, "the JWKS file could not be read again; its last keys are kept");
        }
    }

    /// The stamp is remembered only once the file was read: one that was seen half-written is read again at the next look.
    fn read_file(&self, file: &mut Watched) -> Result<(), KeysError> {
        let failed = |source| KeysError::File { path: file.path.clone(), source };
        let meta = std::fs::metadata(&file.path).map_err(failed)?;
        let stamp = Stamp { modified: meta.modified().map_err(failed)?, len: meta.len() };
        if file.stamp == Some(stamp) {
            return Ok(());
        }
        if usize::try_from(stamp.len).map_or(true, |len| len > self.max_bytes) {
            return Err(KeysError::TooLarge(self.max_bytes));
        }
        let keys = jwk::read_set(&std::fs::read(&file.path).map_err(failed)?)?;
        self.replace(|table| &mut table.file, keys);
        file.stamp = Some(stamp);
        file.complained = false;
        Ok(())
    }

    /// Asks the address, unless that was done a moment ago. Whoever comes while another asks waits for the same answer.
    async fn refetch(&self) {
        let Some(remote) = &self.remote else { return };
        if remote.busy.swap(true, Ordering::AcqRel) {
            // Looked at now and then rather than awaited: those who wait belong to the runtimes of several workers.
            while remote.busy.load(Ordering::Acquire) {
                rt::time::sleep(Duration::from_millis(20)).await;
            }
            return;
        }
        let _asking = Asking(&remote.busy);
        if remote.tried().is_some_and(|at| at.elapsed() < remote.refetch_at_most) {
            return;
        }
        match remote.address.fetch().await.and_then(|document| jwk::read_set(&document)) {
            Ok(keys) => {
                self.replace(|table| &mut table.remote, keys);
                remote.reached.store(true, Ordering::Relaxed);
            }
            // With its causes: "error sending request" alone helps nobody.
            Err(error) => tracing::warn!(?error, "the last keys fetched are kept"),
        }
        *remote.tried() = Some(Instant::now());
    }
}

impl Remote {
    fn tried(&self) -> std::sync::MutexGuard<'_, Option<Instant>> {
        self.tried.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Gives the turn back even if the worker stops in the middle.
struct Asking<'a>(&'a AtomicBool);

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

impl Table {
    fn all(&self) -> impl Iterator<Item = &Arc<Key>> {
        self.local.iter().chain(&self.file).chain(&self.remote)
    }
}

/// Asks the address again and again, until nobody uses the set any more.
async fn refresh(set: Weak<KeySet>) {
    while let Some(wait) = set.upgrade().and_then(|set| {
        set.remote.as_ref().map(|remote| if remote.reached.load(Ordering::Relaxed) { remote.refresh_every } else { remote.refetch_at_most })
    }) {
        rt::time::sleep(wait).await;
        let Some(set) = set.upgrade() else { return };
        set.refetch().await;
    }
}
