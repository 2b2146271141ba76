//! Files that the public is shown.

use serde::Serialize;

use super::{Address, Head, Site, Stamp};
use crate::record::Id;

/// What a file belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileOfRecord {
    Sitting(Id),
    Deliberation(Id),
}

/// What is known of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileShown {
    pub id: Id,
    pub of: FileOfRecord,
    /// As it was sent.
    pub name: String,
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    pub stamp: Stamp,
}

/// A file. Its SHA-512 is not known: the register keeps a SHA-256, for which OParl has no field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct File {
    #[serde(flatten)]
    head: Head,
    name: String,
    file_name: String,
    mime_type: String,
    size: i64,
    access_url: String,
    download_url: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    meeting: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    paper: Vec<String>,
}

pub fn file(site: &Site, file: &FileShown) -> File {
    let (meeting, paper) = match file.of {
        FileOfRecord::Sitting(id) => (vec![site.url(&Address::Meeting(id))], Vec::new()),
        FileOfRecord::Deliberation(id) => (Vec::new(), vec![site.url(&Address::Paper(id))]),
    };
    // For people, without the ending.
    let name = file.name.rsplit_once('.').map_or(file.name.as_str(), |(name, _)| if name.is_empty() { &file.name } else { name });
    File {
        head: site.head("File", &Address::File(file.id), file.stamp),
        name: name.to_owned(),
        file_name: file.name.clone(),
        mime_type: file.media_type.clone(),
        size: file.size,
        access_url: site.url(&Address::Access(file.id)),
        download_url: site.url(&Address::Download(file.id)),
        meeting,
        paper,
    }
}
