//! Import speed beside calamine's bare read, in one run: `cargo test -p kaowu-sheets -- --ignored --nocapture import_speed`.

use crate::tables::read_roster;
use calamine::{Reader, Xlsx, open_workbook};
use kaowu_core::plan::{Plan, bundled};
use kaowu_core::roster;
use std::path::Path;
use std::time::{Duration, Instant};

const PEOPLE: u32 = 40_000;

fn write_roster(path: &Path) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    page.write_string(0, 0, "选手名单").unwrap();
    page.write_row(1, 0, ["序号", "姓名", "性别", "身份证号", "工作单位", "职务", "手机号码", "所属设区市", "县（市、区）", "备注"])
        .unwrap();
    for n in 0..PEOPLE {
        let first = format!("320102{:04}{:02}{:02}{:03}", 1960 + n % 40, 1 + n / 40 % 12, 1 + n / 480 % 28, n / 13_440 * 100 + n % 97);
        let sum: u32 = first.bytes().enumerate().map(|(i, b)| u32::from(b - b'0') * ((1 << (17 - i)) % 11)).sum();
        let id = format!("{first}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][usize::try_from(sum % 11).unwrap()]);
        let sex = if (n / 13_440 * 100 + n % 97) % 2 == 1 { "男" } else { "女" };
        let name: String = [0x5F20 + n % 300, 0x4E00 + n % 5000, 0x6000 + n % 7000].into_iter().filter_map(char::from_u32).collect();
        let phone = format!("139{:08}", n);
        let page_row = n + 2;
        page.write_number(page_row, 0, n + 1).unwrap();
        let texts = [name.as_str(), sex, &id, "玄武区人力资源和社会保障局", "科员", &phone, "南京市", "玄武区"];
        page.write_row(page_row, 1, texts).unwrap();
    }
    book.save(path).unwrap();
}

#[test]
#[ignore = "a measurement, no test"]
fn import_speed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("40000.xlsx");
    write_roster(&path);
    let plan = Plan::read(bundled("jiangsu-2020").unwrap()).unwrap();
    let best = |work: &dyn Fn() -> usize| -> Duration {
        let mut times = (0..7).map(|_| {
            let start = Instant::now();
            assert!(std::hint::black_box(work()) > 30_000);
            start.elapsed()
        });
        let first = times.next().unwrap();
        times.fold(first, Duration::min)
    };
    let bare = best(&|| {
        let mut book: Xlsx<_> = open_workbook(&path).unwrap();
        book.worksheet_range_at(0).unwrap().unwrap().height()
    });
    let table = best(&|| read_roster(&path).unwrap().people.len());
    let whole = best(&|| {
        let table = read_roster(&path).unwrap();
        let read = roster::read_roster(&table.people, &plan, &table.source, &|_| None);
        assert_eq!(read.rows, PEOPLE);
        read.people.len()
    });
    let ratio = |time: Duration| time.as_secs_f64() / bare.as_secs_f64();
    println!(
        "calamine's bare read {bare:?}; our table {table:?} ({:.2}x); read and checked {whole:?} ({:.2}x)",
        ratio(table),
        ratio(whole)
    );
}
