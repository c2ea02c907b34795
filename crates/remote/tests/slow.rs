//! A server that answers a few bytes at a time, for ever.

use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use reeve_remote::address::Address;
use reeve_remote::client::{Client, ClientOptions};
use reeve_remote::error::FetchError;
use reeve_remote::project::projects;
use reeve_remote::secret::Secret;
use reeve_remote::sign_in::with_token;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_never_ends_is_given_up_though_something_always_comes() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let _ = stream.read(&mut [0; 4096]).await;
                let head =
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"projects\":[";
                let mut sent = stream.write_all(head.as_bytes()).await;
                while sent.is_ok() {
                    tokio::time::sleep(Duration::from_millis(10)).await;
                    sent = stream.write_all(b" ").await;
                }
            });
        }
    });

    let address = Address::read(&format!("http://{address}")).unwrap();
    let mut options = ClientOptions::new(address.clone(), Arc::new(Utc::now));
    options.answer_within = Duration::from_millis(200);
    options.patience.tries = 2;
    options.patience.first_pause = Duration::from_millis(1);
    let client = Client::new(options).unwrap();
    let token = Secret::new("a token");
    client.sign_in_as(with_token(&client, token)).await;
    let failed = projects(&client).await.map(|projects| projects.len());
    assert!(
        matches!(&failed, Err(FetchError::TimedOut { host }) if *host == address.host()),
        "{failed:?}"
    );
    assert_eq!(client.sent(), 2, "it was tried once more, and no more");
}
