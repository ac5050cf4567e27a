//! Senders that take their time lose their place; others are served meanwhile.

use super::Site;
use crate::platform::web::{Patience, listen};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};

const PATIENCE: Patience = Patience {
    headers: Duration::from_millis(300),
    pause: Duration::from_millis(300),
    body: Duration::from_millis(900),
};

async fn start(site: &Site) -> (SocketAddr, oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let router = site.router.clone();
    let task = tokio::spawn(listen(listener, router, PATIENCE, async {
        let _ = stopped.await;
    }));
    (address, stop, task)
}

/// Everything that is sent until the connection is closed; fails if it stays open.
async fn rest(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    let read = timeout(Duration::from_secs(5), stream.read_to_end(&mut bytes)).await;
    let _ = read.expect("the connection is cut");
    String::from_utf8_lossy(&bytes).into_owned()
}

async fn request(address: SocketAddr, text: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    rest(stream).await
}

const PROBE: &str = "GET /healthz HTTP/1.1\r\nhost: t\r\nconnection: close\r\n\r\n";

#[tokio::test]
async fn slow_headers_are_cut_off() {
    let site = Site::new().await;
    let (address, _stop, _task) = start(&site).await;
    let mut slow = TcpStream::connect(address).await.unwrap();
    slow.write_all(b"GET /healthz HTTP/1.1\r\nx: ")
        .await
        .unwrap();
    assert!(
        request(address, PROBE).await.starts_with("HTTP/1.1 200"),
        "others are served"
    );
    assert!(!rest(slow).await.starts_with("HTTP/1.1 200"));
    // Not a byte at all.
    rest(TcpStream::connect(address).await.unwrap()).await;
}

#[tokio::test]
async fn slow_bodies_are_cut_off() {
    let site = Site::new().await;
    let (address, _stop, _task) = start(&site).await;
    let head = "POST /sign-in HTTP/1.1\r\nhost: t\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 1000\r\n\r\nlogin=";
    // Silent after the first piece.
    let answer = timeout(Duration::from_secs(3), request(address, head))
        .await
        .unwrap();
    assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
    // A byte now and then, each in time, the whole too long.
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    for _ in 0..10 {
        sleep(Duration::from_millis(120)).await;
        if stream.write_all(b"a").await.is_err() {
            break;
        }
    }
    let answer = timeout(Duration::from_secs(3), rest(stream)).await.unwrap();
    assert!(
        answer.starts_with("HTTP/1.1 4") || answer.is_empty(),
        "{answer}"
    );
}

#[tokio::test]
async fn endless_headers_are_refused() {
    let site = Site::new().await;
    let (address, _stop, _task) = start(&site).await;
    let long = format!(
        "GET /healthz HTTP/1.1\r\nhost: t\r\nx: {}\r\n\r\n",
        "a".repeat(100_000)
    );
    assert!(request(address, &long).await.starts_with("HTTP/1.1 431"));
    let many: String = (0..500).map(|n| format!("x{n}: 1\r\n")).collect();
    let many = format!("GET /healthz HTTP/1.1\r\nhost: t\r\n{many}\r\n");
    assert!(request(address, &many).await.starts_with("HTTP/1.1 431"));
    assert!(
        request(address, "NOT HTTP\r\n\r\n")
            .await
            .starts_with("HTTP/1.1 400")
    );
}

#[tokio::test]
async fn stopping_lets_nobody_new_in_and_ends() {
    let site = Site::new().await;
    let (address, stop, task) = start(&site).await;
    assert!(request(address, PROBE).await.starts_with("HTTP/1.1 200"));
    stop.send(()).unwrap();
    timeout(Duration::from_secs(3), task)
        .await
        .expect("it ends")
        .unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}
