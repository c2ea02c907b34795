//! Shows pages in the user's own browser, for signing in.

use reeve_api::core::Browser;

/// The browser that the system opens addresses with.
pub struct SystemBrowser;

impl Browser for SystemBrowser {
    fn open(&self, url: &str) -> bool {
        open::that_detached(url).is_ok()
    }
}
