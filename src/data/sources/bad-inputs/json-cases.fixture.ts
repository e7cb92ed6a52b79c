import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'
import type { BadInput, Make } from './case.fixture.ts'

const json =
  (content: string | Buffer): Make =>
  (folder) => {
    const file = path.join(folder, 'given.jsonl')
    fs.writeFileSync(file, content)
    return { kind: 'jsonl', path: file }
  }

export const jsonFiles: BadInput[] = [
  { name: 'an empty file', make: json(''), code: 'SOURCE_EMPTY', words: ['given.jsonl', 'the file is empty'] },
  { name: 'blank lines', make: json('\n\n'), code: 'SOURCE_EMPTY', words: ['blank lines only'] },
  { name: 'an empty array', make: json('[]'), code: 'SOURCE_EMPTY', words: ['no objects'] },
  { name: 'objects without keys', make: json('{}\n{}\n'), code: 'SOURCE_EMPTY', words: ['no keys'] },
  { name: 'neither object nor array', make: json('"a"\n'), code: 'JSON_BROKEN', words: ['neither { nor ['] },
  {
    name: 'CSV named jsonl',
    make: json('a,b\n1,2\n'),
    code: 'JSON_BROKEN',
    words: ['given.jsonl', 'one object a line'],
  },
  { name: 'an array of numbers', make: json('[1, 2]'), code: 'JSON_BROKEN', words: ['wanted objects only'] },
  {
    name: 'a line that is a number',
    make: json('{"a": 1}\n3\n'),
    code: 'JSON_BROKEN',
    words: ['not every line or item is an object'],
  },
  {
    name: 'one broken line',
    make: json('{"a": 1}\n{"a": x}\n{"a": 2}\n'),
    code: 'ROW_BROKEN',
    words: ['given.jsonl, line 2, column 7', 'given "{\\"a\\": x"', 'one whole JSON object on each line'],
  },
  { name: 'a last line cut off', make: json('{"a": 1}\n{"a"'), code: 'ROW_BROKEN', words: ['line 2, column 5'] },
  { name: 'objects over several lines', make: json('{\n"a": 1\n}\n'), code: 'ROW_BROKEN', words: ['line 1, column 2'] },
  { name: 'two objects on a line', make: json('{"a": 1}{"a": 2}\n'), code: 'ROW_BROKEN', words: ['line 1, column 9'] },
  {
    name: 'a broken array',
    make: json('[{"a": 1}, {"a":]'),
    code: 'JSON_BROKEN',
    words: ['record/value', 'array of objects'],
  },
  {
    name: 'a key twice',
    make: json('{"a": 1}\n{"b": 1, "b": 2}\n'),
    code: 'JSON_BROKEN',
    words: ['line 2', 'the key b twice'],
  },
  { name: 'keys that differ in capitals', make: json('{"a": 1, "A": 2}\n'), code: 'JSON_BROKEN', words: ['a and A'] },
  { name: 'binary', make: json(Buffer.from([123, 0, 0, 1])), code: 'JSON_BROKEN', words: ['zero byte at 1'] },
  {
    name: 'different keys on each line',
    make: json('{"a": 1}\n\n{"b": "x"}\n{"c": true, "a": null}'),
    rows: [
      [1, null, null],
      [null, 'x', null],
      [null, null, true],
    ],
    names: ['a', 'b', 'c'],
  },
  {
    name: 'nested',
    make: json('{"a": {"b": [1, 2]}, "c": ["x"]}\n'),
    rows: [['{"b":[1,2]}', '["x"]']],
  },
  {
    name: 'mixed types',
    make: json('{"a": 1, "b": 1}\n{"a": "x", "b": 1.5}\n{"a": true, "b": 2}\n'),
    rows: [
      ['1', 1],
      ['x', 1.5],
      ['true', 2],
    ],
  },
  {
    name: 'numbers that do not fit into a number',
    make: json('{"a": 9007199254740993, "b": 1e999, "c": 9007199254740991, "d": 1}\n{"d": 0.5}\n'),
    rows: [
      ['9007199254740993', '1e999', 9007199254740991, 1],
      [null, null, null, 0.5],
    ],
  },
  {
    name: 'an array in one line',
    make: json('[{"a": 1}, {"a": 2, "b": "x"}]'),
    rows: [
      [1, null],
      [2, 'x'],
    ],
  },
  { name: 'keys that need quoting', make: json('{"it\'s \\"a\\"": "\\u00e4\\ud83d\\ude00"}\n'), rows: [['ä😀']] },
  {
    name: 'UTF-16',
    make: json(Buffer.from('\uFEFF{"a": "ä"}\n', 'utf16le')),
    rows: [['ä']],
    warnings: ['ENCODING_CONVERTED'],
  },
  { name: 'gzip', make: json(zlib.gzipSync('{"a": 1}\n')), rows: [[1]] },
]
