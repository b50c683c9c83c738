// SPDX-License-Identifier: AGPL-3.0-or-later
// Verifies a record file (uwaga-record/v1) and needs nothing but WebCrypto: neither a library, nor a network, nor a page.
// verifyRecord(bytes, key) never throws. `what` says which check failed: framing, key, signature, path, leaf, words, order, gap;
// "unsupported" when this browser cannot check at all; "" when the record agrees. consultations/ledger/verify.py gives the same verdicts.
const verifyRecord = (() => {
  "use strict";
  const FORMAT = "uwaga-record/v1", SCHEME = "uwaga/v1";
  const DECIMAL = /^(?:0|[1-9][0-9]{0,18})$/, HASH = /^[0-9a-f]{64}$/, KEY_ID = /^[0-9a-f]{8}$/, NAME = /^[^\p{White_Space}+\p{Cc}]+$/u;
  const DEEPEST = 32;                                  // levels of a leaf's JSON

  class Refusal extends Error {
    constructor(what, index = null) { super(what); this.what = what; this.index = index; }
  }
  const demand = (true_, what, index) => { if (!true_) throw new Refusal(what, index); };

  // -- bytes ------------------------------------------------------------------------------------------------------
  const utf8 = (text) => new TextEncoder().encode(text);
  const read = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  const hex = (bytes) => [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
  const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);
  function joined(...parts) {
    const whole = new Uint8Array(parts.reduce((size, one) => size + one.length, 0));
    let at = 0;
    for (const one of parts) { whole.set(one, at); at += one.length; }
    return whole;
  }
  const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));

  function base64(text, length) {                      // standard, padded, canonical; anything else is a fault of the framing
    demand(text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text), "framing");
    const binary = atob(text);
    demand(btoa(binary) === text && (length === undefined || binary.length === length), "framing");
    return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  }
  function decimal(text) {
    demand(DECIMAL.test(text), "framing");
    return BigInt(text);
  }
  function decoded(bytes) {
    try { return read(bytes); } catch { throw new Refusal("framing"); }
  }
  function byBytes(one, other) {                       // the order of the UTF-8 bytes; strings alone compare UTF-16
    const a = utf8(one), b = utf8(other);
    for (let at = 0; at < Math.min(a.length, b.length); at += 1) if (a[at] !== b[at]) return a[at] - b[at];
    return a.length - b.length;
  }

  // -- framing ----------------------------------------------------------------------------------------------------
  class Lines {
    constructor(text) {
      demand(text.endsWith("\n"), "framing");
      this.all = text.slice(0, -1).split("\n");
      this.at = 0;
    }
    get starts() { return (this.all[this.at] ?? "").split(" ", 1)[0]; }
    next() {
      demand(this.at < this.all.length, "framing");
      return this.all[this.at++];
    }
    after(word) {                                      // what stands on a line behind its first word
      const line = this.next();
      demand(line.startsWith(word + " "), "framing");
      return line.slice(word.length + 1);
    }
    blank() { demand(this.next() === "", "framing"); }
  }

  function readKey(text) {
    const [name, id, ...rest] = text.split("+");
    demand(NAME.test(name) && KEY_ID.test(id ?? ""), "framing");
    const bytes = base64(rest.join("+"), 33);
    demand(bytes[0] === 1, "framing");
    return { text, name, id, point: bytes.slice(1), typed: bytes };
  }

  function readScope(text) {
    if (text === "entry" || text === "log") return { kind: text };
    demand(text.startsWith("case "), "framing");
    return { kind: "case", draft: decimal(text.slice(5)) };
  }

  function readWord(lines) {
    const [kind, field, salt, text, ...more] = lines.next().split(" ");
    demand(Boolean(field) && !more.length, "framing");
    if (kind === "gone") {
      demand(salt === undefined, "framing");
      return { field, gone: true };
    }
    demand(text !== undefined, "framing");
    const bytes = base64(text), words = decoded(bytes);
    demand(words.normalize("NFC") === words, "framing");
    return { field, gone: false, salt: base64(salt, 32), bytes, text: words };
  }

  function readEntry(lines) {
    const entry = { index: decimal(lines.after("index")), leaf: lines.after("leaf"), words: [], path: [] };
    while (lines.starts === "word" || lines.starts === "gone") entry.words.push(readWord(lines));
    while (lines.starts === "path") entry.path.push(base64(lines.after("path"), 32));
    lines.blank();
    entry.words.forEach((word, at) => demand(at === 0 || byBytes(entry.words[at - 1].field, word.field) < 0, "framing"));
    return entry;
  }

  function readCheckpoint(lines) {
    const begun = lines.at;
    const origin = lines.next(), size = decimal(lines.next()), root = base64(lines.next(), 32);
    demand(origin !== "", "framing");
    const signed = utf8(lines.all.slice(begun, lines.at).join("\n") + "\n");
    lines.blank();
    const [dash, name, signature, ...more] = lines.next().split(" ");
    demand(dash === "\u2014" && signature !== undefined && !more.length, "framing");
    demand(lines.at === lines.all.length, "framing");
    const bytes = base64(signature, 68);
    return { origin, size, root, signed, name, id: hex(bytes.slice(0, 4)), signature: bytes.slice(4) };
  }

  function readFile(bytes) {
    const lines = new Lines(decoded(bytes));
    demand(lines.next() === FORMAT, "framing");
    const key = readKey(lines.after("key")), scope = readScope(lines.after("scope"));
    const count = decimal(lines.after("entries")), entries = [];
    demand(scope.kind === "entry" ? count === 1n : true, "framing");
    lines.blank();
    for (let n = 0n; n < count; n += 1n) entries.push(readEntry(lines));
    return { key, scope, entries, checkpoint: readCheckpoint(lines) };
  }

  // -- who signed -------------------------------------------------------------------------------------------------
  async function checkKey(key, expected, checkpoint) {
    demand(expected === undefined || expected === null || key.text === expected, "key");
    const digest = await sha256(utf8(key.name + "\n"), key.typed);
    demand(hex(digest.slice(0, 4)) === key.id, "key");
    demand(checkpoint.origin === key.name && checkpoint.name === key.name && checkpoint.id === key.id, "key");
  }

  async function checkSignature(key, checkpoint) {
    let point;
    try {
      point = await crypto.subtle.importKey("raw", key.point, { name: "Ed25519" }, false, ["verify"]);
    } catch (trouble) {
      throw new Refusal(trouble?.name === "DataError" ? "signature" : "unsupported");
    }
    demand(await crypto.subtle.verify({ name: "Ed25519" }, point, checkpoint.signature, checkpoint.signed), "signature");
  }

  // -- one entry --------------------------------------------------------------------------------------------------
  async function rootOf(hash, index, size, path) {     // RFC 9162, 2.1.3.2; null when the number of hashes is not exactly right
    let here = index, last = size - 1n, found = hash;
    for (const beside of path) {
      if (last === 0n) return null;
      if (here % 2n === 1n || here === last) {
        found = await sha256([1], beside, found);
        while (here % 2n === 0n && here !== 0n) { here /= 2n; last /= 2n; }
      } else found = await sha256([1], found, beside);
      here /= 2n; last /= 2n;
    }
    return last === 0n ? found : null;
  }

  function canonical(value, depth = 0) {               // RFC 8785 of what a leaf may hold: no fractions, whole numbers below 2^53
    demand(depth <= DEEPEST, "leaf");
    if (value === null || typeof value === "boolean") return String(value);
    if (typeof value === "number") {
      demand(Number.isSafeInteger(value), "leaf");
      return String(value);
    }
    if (typeof value === "string") {
      demand(!/\p{Surrogate}/u.test(value), "leaf");
      return JSON.stringify(value);
    }
    if (Array.isArray(value)) return "[" + value.map((one) => canonical(one, depth + 1)).join(",") + "]";
    return "{" + Object.keys(value).sort().map((name) => canonical(name) + ":" + canonical(value[name], depth + 1)).join(",") + "}";
  }

  function readLeaf(text) {                            // written again it must be the same text: no doubled keys, no spaces, no 1.0
    let leaf;
    try { leaf = JSON.parse(text); } catch { throw new Refusal("leaf"); }
    demand(isObject(leaf) && canonical(leaf) === text, "leaf");
    return leaf;
  }
  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

  function objectOf(leaf) {                            // the one thing an entry is about, as text; null when it is about none
    const named = Object.entries(leaf.subject).filter(([, id]) => id !== null);
    demand(named.length <= 1 && named.every(([, id]) => Number.isSafeInteger(id)), "leaf");
    return named.length ? JSON.stringify(named[0]) : null;
  }

  function checkShape(leaf, index) {
    demand(Number.isSafeInteger(leaf.t_us) && isObject(leaf.words) && isObject(leaf.subject), "leaf");
    demand(BigInt(Number.isSafeInteger(leaf.seq) ? leaf.seq : -1) === index + 1n, "leaf");
    const about = objectOf(leaf), linked = Object.hasOwn(leaf, "prev");
    if (leaf.v === 1) return demand(!linked, "leaf");
    demand(leaf.v === 2 && linked, "leaf");
    demand(leaf.prev === null || (about !== null && typeof leaf.prev === "string" && HASH.test(leaf.prev)), "leaf");
  }

  async function checkWords(entry, words) {
    const names = Object.keys(words).sort(byBytes);
    demand(names.length === entry.words.length && names.every((name, at) => name === entry.words[at].field), "words");
    for (const word of entry.words) {
      if (word.gone) continue;
      const digest = await sha256(utf8(SCHEME + "\0" + word.field + "\0"), word.salt, [0], word.bytes);
      demand(hex(digest) === words[word.field], "words");
    }
  }

  async function checkEntry(entry, { size, root }) {
    const hash = await sha256([0], utf8(entry.leaf));
    const found = entry.index < size ? await rootOf(hash, entry.index, size, entry.path) : null;
    demand(found !== null && same(found, root), "path");
    const leaf = readLeaf(entry.leaf);
    checkShape(leaf, entry.index);
    await checkWords(entry, leaf.words);
    const words = Object.fromEntries(entry.words.map((word) => [word.field, word.gone ? null : word.text]));
    return { index: Number(entry.index), hash: hex(hash), leaf, words };
  }

  // -- between entries --------------------------------------------------------------------------------------------
  function checkOrder(entries) {
    entries.forEach((entry, at) => {
      const before = entries[at - 1];
      demand(!before || (entry.index > before.index && entry.leaf.t_us > before.leaf.t_us), "order", entry.index);
    });
  }

  function checkGaps({ scope, checkpoint }, entries) {
    entries.forEach(({ index, leaf }, at) => {
      if (scope.kind === "log") demand(index === at, "gap", index);
      if (scope.kind === "case")
        demand(Number.isSafeInteger(leaf.case) && BigInt(leaf.case) === scope.draft && leaf.case_seq === at + 1, "gap", index);
    });
    demand(scope.kind !== "log" || BigInt(entries.length) === checkpoint.size, "gap");
  }

  function checkLinks(entries) {
    const last = new Map();
    for (const { index, hash, leaf } of entries) {
      const about = objectOf(leaf);
      if (about === null) continue;
      demand(leaf.v === 1 || !last.has(about) || leaf.prev === last.get(about), "order", index);
      last.set(about, hash);
    }
  }

  async function check(bytes, key) {
    const file = readFile(bytes), entries = [];
    if (!globalThis.crypto?.subtle) throw new Refusal("unsupported");
    await checkKey(file.key, key, file.checkpoint);
    await checkSignature(file.key, file.checkpoint);
    for (const entry of file.entries) {
      try { entries.push(await checkEntry(entry, file.checkpoint)); } catch (trouble) {
        throw new Refusal(trouble instanceof Refusal ? trouble.what : "leaf", Number(entry.index));
      }
    }
    checkOrder(entries);
    checkGaps(file, entries);
    checkLinks(entries);
    return { file, entries };
  }

  // `records`, only when ok: [{index, hash, leaf, words: {field: text, or null when erased}}].
  return async function verifyRecord(bytes, key) {
    try {
      const { file: { checkpoint }, entries } = await check(bytes, key);
      return { ok: true, what: "", index: null, entries: entries.length, size: Number(checkpoint.size),
        root: hex(checkpoint.root), origin: checkpoint.origin, records: entries };
    } catch (trouble) {
      const refusal = trouble instanceof Refusal ? trouble : new Refusal("framing");
      return { ok: false, what: refusal.what, index: refusal.index, entries: 0, size: 0, root: "", origin: "", records: [] };
    }
  };
})();
