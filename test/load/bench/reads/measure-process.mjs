// The client that measures, in a process of its own: it must not wait behind the clients that make the load.
import { timesOf } from './shop-client.mjs';

process.on('disconnect', () => process.exit(0));
process.on('message', ({ url, seconds, pauseMs }) => {
  timesOf(url, { seconds, pauseMs }).then(
    (result) => process.send(result),
    (error) => process.send({ error: error.message }),
  );
});
