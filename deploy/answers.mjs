// Ends with 0 when an address answers 200, and not with a text that begins with what does not count.
import { get } from "node:http";

const [address, notThis] = process.argv.slice(2);
const no = () => process.exit(1);

get(address, { timeout: 1000 }, async (answer) => {
  const text = (await answer.setEncoding("utf8").toArray()).join("").trim();
  process.exit(answer.statusCode === 200 && !(notThis && text.startsWith(notThis)) ? 0 : 1);
})
  .on("timeout", no)
  .on("error", no);
