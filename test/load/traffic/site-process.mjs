// A site that can serve: answers every request with 200 on the address and port it is given.
import { createServer } from 'node:http';

const [address, port] = process.argv.slice(2);
createServer((_request, response) => response.end('up')).listen(Number(port), address, () => {
  process.stdout.write('up\n');
});
