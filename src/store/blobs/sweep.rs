//! What a broken upload left behind: removed once nothing was written to it for an hour.

use std::path::Path as Folder;
use std::time::{Duration, SystemTime};

use futures_util::TryStreamExt;
use object_store::path::Path;

use super::{BlobError, Blobs, WAITING};

/// An upload that is still going on writes more often, here or on another instance.
const ABANDONED: Duration = Duration::from_secs(3600);

impl Blobs {
    /// Removes what uploads that were cut off left behind, and says how many there were.
    ///
    /// # Errors
    /// [`BlobError::Refused`], [`BlobError::Unusable`].
    pub async fn sweep(&self) -> Result<usize, BlobError> {
        if let Some(folder) = &self.folder {
            // A file that is half written is not listed by the library.
            return sweep_folder(&folder.join(WAITING)).map_err(|e| BlobError::Unusable(format!("{}: {e}", folder.display())));
        }
        let mut swept = 0;
        let mut all = self.store.list(Some(&Path::from(WAITING)));
        while let Some(object) = all.try_next().await? {
            if SystemTime::from(object.last_modified).elapsed().is_ok_and(|age| age >= ABANDONED) {
                Self::remove(self.store.as_ref(), &object.location).await?;
                swept += 1;
            }
        }
        Ok(swept)
    }
}

fn sweep_folder(folder: &Folder) -> std::io::Result<usize> {
    let mut swept = 0;
    if !folder.is_dir() {
        return Ok(0);
    }
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.metadata()?.modified()?.elapsed().is_ok_and(|age| age >= ABANDONED) {
            std::fs::remove_file(entry.path())?;
            swept += 1;
        }
    }
    Ok(swept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn what_was_left_an_hour_ago_goes_and_what_comes_in_now_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let blobs = Blobs::open(&format!("file:{}", folder.path().display()), 100).expect("a place for files");
        let waiting = folder.path().join(WAITING);
        std::fs::create_dir(&waiting).expect("a folder");
        for (name, age) in [("left#1", 3700), ("now#1", 60)] {
            let file = std::fs::File::create(waiting.join(name)).expect("a file");
            file.set_modified(SystemTime::now() - Duration::from_secs(age)).expect("a time");
        }
        assert_eq!(blobs.sweep().await.expect("swept"), 1);
        assert!(waiting.join("now#1").exists() && !waiting.join("left#1").exists());
    }
}
