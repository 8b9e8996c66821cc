// The print spooler of an office, CUPS itself, in a folder of its own: what it keeps and logs can be looked through.
//
// Our program asks the spooler of its machine and no other, so it listens where that one would; where there is one
// already, nothing is started and nothing may be printed: it could come out of a real printer.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { start, until } from "./process.mjs";

const PORT = 631;
const SOCKET = "/run/cups/cups.sock";
const PROGRAM = "/usr/sbin/cupsd";

/** Starts it with one printer that prints to nowhere and keeps every page. Or says why not. */
export async function spooler(folder) {
  if (!existsSync(PROGRAM)) return { why: "CUPS is not installed (cups-daemon)" };
  if (process.getuid() !== 0) return { why: "only root may listen where a spooler does" };
  if (existsSync(SOCKET) || (await answers())) return { why: "this machine has a spooler of its own" };

  writeSettings(folder);
  const server = start(
    PROGRAM,
    ["-f", "-c", join(folder, "cupsd.conf"), "-s", join(folder, "cups-files.conf")],
    { cwd: folder },
  );
  await until("the spooler", () => {
    if (!server.isRunning) throw new Error(server.said());
    return answers();
  });
  return { stop: () => server.stop() };
}

function writeSettings(folder) {
  for (const name of ["root", "spool", "cache", "state", "tmp", "logs"])
    mkdirSync(join(folder, name), { recursive: true });
  const write = (name, lines) => writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
  write("cupsd.conf", [
    `Listen 127.0.0.1:${PORT}`,
    "PreserveJobFiles Yes",
    "LogLevel debug2",
    "BrowseLocalProtocols none",
    "WebInterface No",
    ...["<Location />", "Order allow,deny", "Allow localhost", "</Location>"],
    ...["<Policy default>", "<Limit All>", "Order deny,allow", "</Limit>", "</Policy>"],
  ]);
  write(
    "cups-files.conf",
    [
      ...Object.entries({ ServerRoot: "root", RequestRoot: "spool", CacheDir: "cache", StateDir: "state" }),
      ...Object.entries({ TempDir: "tmp", AccessLog: "logs/access", ErrorLog: "logs/error" }),
      ["PageLog", "logs/page"],
    ]
      .map(([name, place]) => `${name} ${join(folder, place)}`)
      .concat("FileDevice Yes"),
  );
  write("root/printers.conf", [
    ...["<DefaultPrinter Nowhere>", "DeviceURI file:///dev/null", "State Idle", "Accepting Yes"],
    "</DefaultPrinter>",
  ]);
}

function answers() {
  return new Promise((resolve) => {
    const socket = connect(PORT, "127.0.0.1");
    const tell = (does) => {
      socket.destroy();
      resolve(does);
    };
    socket.once("connect", () => tell(true)).once("error", () => tell(false));
  });
}
