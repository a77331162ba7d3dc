import { expect, it } from "vitest";
import { bytesOf } from "./base64";

it.each([
  ["", []],
  ["JVBERg==", [0x25, 0x50, 0x44, 0x46]],
  ["/wCA", [0xff, 0x00, 0x80]],
])("%s", (text, bytes) => expect([...bytesOf(text)]).toEqual(bytes));
