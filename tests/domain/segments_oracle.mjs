// Twilio's own calculator: reads texts as JSON lines, answers each with
// [encoding, units, segments, units left in the last segment].
// usage: node segments_oracle.mjs DIRECTORY_OF_THE_PACKAGE < texts > answers
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { join, resolve } from "node:path";

const require = createRequire(join(resolve(process.argv[2]), "package.json"));
const { SegmentedMessage } = require("sms-segments-calculator");

const answers = [];
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const message = new SegmentedMessage(JSON.parse(line));
  const units = message.encodedChars.reduce((sum, character) => sum + character.codeUnits.length, 0);
  const bits = message.encodingName === "GSM-7" ? 7 : 16;
  const left = Math.floor(message.segments.at(-1).freeSizeInBits() / bits);
  answers.push(JSON.stringify([message.encodingName, units, message.segmentsCount, left]));
}
process.stdout.write(answers.join("\n") + "\n");
