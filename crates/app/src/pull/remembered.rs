//! What a workspace remembers of the last pull, so that the next one need not ask for everything.

use reeve_remote::fetched::Remembers;
use reeve_store::error::StoreError;
use reeve_store::pulled::RawOf;
use reeve_store::snapshot::Snapshot;
use reeve_store::workspace::Workspace;

/// Looks into a workspace. What cannot be read is as good as forgotten: it is asked for again.
pub(super) struct Remembered(pub Workspace);

impl Remembered {
    fn read<T>(&self, read: impl FnOnce(&Snapshot) -> Result<Option<T>, StoreError>) -> Option<T> {
        self.0.reader().read(read).unwrap_or_else(|error| {
            tracing::warn!(%error, "what the last pull read cannot be read");
            None
        })
    }
}

impl Remembers for Remembered {
    fn role(&self, id: &str) -> Option<Box<str>> {
        self.read(|snapshot| snapshot.raw(RawOf::Role(id)))
            .map(String::into_boxed_str)
    }

    fn privilege(&self, id: &str) -> Option<Box<str>> {
        self.read(|snapshot| snapshot.raw(RawOf::Privilege(id)))
            .map(String::into_boxed_str)
    }

    fn etag(&self, request: &str) -> Option<String> {
        self.read(|snapshot| snapshot.remembered_etag(request))
    }

    fn answer(&self, request: &str) -> Option<Box<str>> {
        let body = self.read(|snapshot| snapshot.remembered_body(request).map(Some))?;
        (!body.is_empty()).then(|| body.into_boxed_str())
    }
}
