//! Bytes that come in: judged by the first of them, kept as they come.

use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt};

use super::FileRefusal;
use super::media::{HEAD, Said, judged, judged_page, page};
use crate::register::{Actor, Refusal, Register};
use crate::store::Blob;

/// What is said of bytes that come in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sent<'a> {
    /// `Content-Type`; empty: nothing is said, and nothing is taken in.
    pub content_type: &'a str,
    /// How many bytes there will be, where that is known.
    pub length: Option<u64>,
    /// Their SHA-256, where it was announced.
    pub sha256: Option<[u8; 32]>,
}

/// Bytes that are kept, and what they are. [`Register::add_file`] makes a file of them.
#[derive(Clone, Debug)]
pub struct Received {
    /// A type that is taken in, with the `charset` of a text where it was said.
    pub media_type: String,
    pub blob: Blob,
}

impl Register {
    /// Takes in the bytes of a file, in constant memory. No row names them yet: unless a file is made of them, nobody reads them.
    ///
    /// # Errors
    /// [`FileRefusal`]; [`Refusal::Store`] when the place for files fails. Nothing is kept.
    pub async fn receive<E>(&self, actor: &Actor, sent: Sent<'_>, body: impl Stream<Item = Result<Bytes, E>>) -> Result<Received, Refusal> {
        let said = Said::of(sent.content_type)?;
        self.keep(actor, sent, |head| judged(&said, head), body).await
    }

    /// The same for a document that was read: it may be a page of HTML, which nobody is ever shown but as a download.
    ///
    /// # Errors
    /// Those of [`Register::receive`].
    pub async fn receive_source<E>(&self, actor: &Actor, sent: Sent<'_>, body: impl Stream<Item = Result<Bytes, E>>) -> Result<Received, Refusal> {
        if let Some(page) = page(sent.content_type) {
            return self.keep(actor, sent, |head| judged_page(&page, head), body).await;
        }
        self.receive(actor, sent, body).await
    }

    async fn keep<E>(
        &self,
        actor: &Actor,
        sent: Sent<'_>,
        judge: impl FnOnce(&[u8]) -> Result<String, FileRefusal>,
        body: impl Stream<Item = Result<Bytes, E>>,
    ) -> Result<Received, Refusal> {
        if sent.length.is_some_and(|length| length > self.blobs.most()) {
            return Err(FileRefusal::TooLarge(self.blobs.most()).into());
        }
        let mut body = std::pin::pin!(body.fuse());
        let mut head = BytesMut::new();
        while head.len() < HEAD {
            let Some(bytes) = body.next().await else { break };
            head.extend_from_slice(&bytes.map_err(|_| FileRefusal::BrokenOff)?);
        }
        if head.is_empty() {
            return Err(FileRefusal::Empty.into());
        }
        let media_type = judge(head.get(..HEAD).unwrap_or(&head))?;
        let mut incoming = self.blobs.incoming(actor.authority.as_str()).await?;
        incoming.write(&head).await?;
        while let Some(bytes) = body.next().await {
            incoming.write(&bytes.map_err(|_| FileRefusal::BrokenOff)?).await?;
        }
        if sent.sha256.is_some_and(|announced| hex::encode(announced) != incoming.blob().sha256) {
            return Err(FileRefusal::DigestDiffers.into());
        }
        Ok(Received { media_type, blob: incoming.finish().await? })
    }
}
