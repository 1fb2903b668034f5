// grammY, as its documentation shows it: `node bot.mjs URL`. Orders and figures as in common.py.
import { createInterface } from "node:readline";
import { Bot } from "grammy";
import { run } from "@grammyjs/runner";

const TEXT = "<b>Selamat sore.</b> Apa yang Anda kerjakan hari ini? Tulis saja dengan kata-kata Anda sendiri.";
const bot = new Bot("43:harian-crowd-token", { client: { apiRoot: process.argv[2] } });
let left = 0;
let done = () => {};

bot.on("message:text", async (context) => {
  await bot.api.sendMessage(context.chat.id, TEXT, { parse_mode: "HTML" });
  if (--left === 0) done();
});

async function send(count, atOnce) {
  let next = 0;
  const oneAfterAnother = async () => {
    for (let n = next++; n < count; n = next++) await bot.api.sendMessage(6001 + (n % 1000), TEXT, { parse_mode: "HTML" });
  };
  await Promise.all(Array.from({ length: atOnce }, oneAfterAnother));
}

async function answer(count) {
  left = count;
  const all = new Promise((resolve) => (done = resolve));
  const runner = run(bot, { runner: { fetch: { timeout: 1 } } });
  await all;
  await runner.stop();
}

await bot.init();
console.log("ready");
for await (const line of createInterface({ input: process.stdin })) {
  const [order, ...numbers] = line.split(" ");
  const cpu = process.cpuUsage();
  const began = performance.now();
  await (order === "send" ? send : answer)(...numbers.map(Number));
  const { user, system } = process.cpuUsage(cpu);
  console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000, cpu: (user + system) / 1e6 }));
}
process.exit(0);
