// Prints as many ports as asked for that nobody has, neither TCP nor UDP. They are below those that
// systems hand out to outgoing connections, so that a port stays free while its owner is restarted.
import { createServer } from "node:net";
import { createSocket } from "node:dgram";

const listening = (socket, listen) =>
  new Promise((resolve) => {
    socket.once("error", () => resolve(false)).once("listening", () => resolve(true));
    listen(socket);
  });

const free = async (port) =>
  (await listening(createServer(), (tcp) => tcp.listen(port).unref())) &&
  (await listening(createSocket("udp4"), (udp) => udp.bind(port).unref()));

const ports = new Set();
while (ports.size < Number(process.argv[2])) {
  const port = 10000 + Math.floor(Math.random() * 20000);
  if (await free(port)) ports.add(port);
}
console.log([...ports].join("\n"));
process.exit();
