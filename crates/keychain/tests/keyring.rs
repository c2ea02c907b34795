//! The real keyring. Which tests run is up to the surroundings: `REEVE_TEST_KEYRING=yes` says that
//! there is an unlocked throw-away keyring on the session bus, `no` that there is no session bus;
//! `scripts/keyring-test.sh` provides both.

use reeve_app::secrets::{Secret, Secrets as _, SecretsError};
use reeve_keychain::OsKeyring;

fn surroundings() -> String {
    std::env::var("REEVE_TEST_KEYRING").unwrap_or_default()
}

#[test]
fn a_secret_comes_back_as_it_went_in_and_is_gone_when_removed() {
    if surroundings() != "yes" {
        return;
    }
    let keyring = OsKeyring;
    let key = format!("test {}", std::process::id());
    assert_eq!(keyring.check(), Ok(()));
    assert_eq!(keyring.read(&key), Ok(None));
    for text in ["first", "{\"accessToken\":\"ü\\n\"}", &"long ".repeat(2000)] {
        let secret = Secret::new(text);
        assert_eq!(keyring.write(&key, &secret), Ok(()));
        assert_eq!(keyring.read(&key), Ok(Some(secret)));
    }
    assert_eq!(keyring.remove(&key), Ok(()));
    assert_eq!(keyring.read(&key), Ok(None));
    assert_eq!(keyring.remove(&key), Ok(()), "twice does no harm");
}

#[test]
fn without_a_keyring_every_call_says_so_at_once() {
    if surroundings() != "no" {
        return;
    }
    let keyring = OsKeyring;
    assert_eq!(keyring.check(), Err(SecretsError::NoService));
    assert_eq!(
        keyring.write("key", &Secret::new("secret")),
        Err(SecretsError::NoService)
    );
    assert_eq!(keyring.read("key"), Err(SecretsError::NoService));
}
