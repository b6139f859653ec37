import { connect } from 'node:net';

/** The whole answer to a request whose path goes out byte for byte: HTTP clients tidy it up. */
export function rawRequest(url: string, method: string, path: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((done, fail) => {
    let answer = '';
    const socket = connect(Number(port), hostname);
    socket.setEncoding('utf8').setTimeout(60_000, () => socket.destroy(new Error(`no answer to ${method} ${path}`)));
    socket.on('data', (text: string) => {
      answer += text;
    });
    socket.on('error', fail).on('close', () => done(answer));
    socket.write(`${method} ${path} HTTP/1.1\r\nhost: ${hostname}\r\nconnection: close\r\n\r\n`);
  });
}
