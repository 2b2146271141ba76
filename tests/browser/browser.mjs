// One Chromium for all checks. CHROMIUM names the program.
import { chromium } from "playwright-core";

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ],
  });

export const fail = (text) => {
  console.error(`conformance-pages: ${text}`);
  process.exitCode = 1;
};
