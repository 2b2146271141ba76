//! PDFs that ask for a stack without end, or for more than they are (gigabytes and days: scripts/prove-bombs): the process that reads them ends, and the service does not notice.

use std::io::Write;
use std::time::{Duration, Instant};

use crate::harness::{Answer, Engine, PAS_DE_CALAIS, Server};

/// A PDF of these objects; the first is its catalogue.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        places.push(bytes.len());
        bytes.extend(format!("{number} 0 obj\n").bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let (table, count) = (bytes.len(), objects.len() + 1);
    bytes.extend(format!("xref\n0 {count}\n0000000000 65535 f \n").bytes());
    places.iter().for_each(|place| bytes.extend(format!("{place:010} 00000 n \n").bytes()));
    bytes.extend(format!("trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n").bytes());
    bytes
}

fn packed(content: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(content).unwrap();
    packed.finish().unwrap()
}

fn stream(said: &str, content: &[u8]) -> Vec<u8> {
    let packed = packed(content);
    [format!("<</Length {}/Filter/FlateDecode{said}>>stream\n", packed.len()).as_bytes(), &packed, b"\nendstream"].concat()
}

/// One page that draws this, with these forms.
fn page(content: &[u8], forms: Vec<Vec<u8>>) -> Vec<u8> {
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>>>".to_vec(),
        stream("", content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
    ];
    objects.extend(forms);
    pdf(&objects)
}

/// A form that draws the form of this number.
fn form(next: usize, content: &[u8]) -> Vec<u8> {
    stream(&format!("/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X {next} 0 R>>>>"), content)
}

fn send(server: &Server, bytes: Vec<u8>) -> Answer {
    let request = server.request(reqwest::Method::POST, "/v1/intake").bearer_auth(server.token(PAS_DE_CALAIS, "all"));
    Answer::of(request.header("Content-Type", "application/pdf").body(bytes).timeout(Duration::from_secs(90)).send().unwrap())
}

#[test]
fn a_pdf_that_asks_for_everything_brings_down_its_reader_and_nothing_else() {
    let server = Server::world(Engine::Sqlite);
    let good = page(b"BT /F1 12 Tf 50 700 Td (Bonjour) Tj ET", vec![]);
    let text = send(&server, good.clone()).expect(200).json()["text"].as_str().unwrap().to_owned();
    assert_eq!(text.trim(), "Bonjour");
    let mut watch = server.database.watch();
    let bombs = [
        ("a form that draws itself", page(b"/X Do", vec![form(6, b"/X Do")])),
        ("2 million lists in one another", page(&b"[".repeat(2_000_000), vec![])),
        ("2 million dictionaries in one another", page(&b"<<".repeat(2_000_000), vec![])),
        ("a catalogue of a million lists", pdf(&[b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), b"[".repeat(1_000_000)])),
        (
            "pages that hold themselves",
            pdf(&[b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000>>".to_vec()]),
        ),
    ];
    for (name, bytes) in bombs {
        assert!(bytes.len() < 2 << 20, "{name}: {} bytes", bytes.len());
        let asked = Instant::now();
        send(&server, bytes).problem(422, "document-not-read");
        println!("{name}: {:?}", asked.elapsed());
    }
    assert!(watch.unchanged(), "something was written");
    // The next document is read, and the service never stopped.
    assert_eq!(send(&server, good).expect(200).json()["text"].as_str().unwrap().trim(), "Bonjour");
}
