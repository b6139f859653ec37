import { type ClientRequest, request } from 'node:http';
import { Agent, request as secureRequest } from 'node:https';
import { isIPv6 } from 'node:net';
import { Duplex } from 'node:stream';
import { type ConnectionOptions, connect } from 'node:tls';
import { PROXY_FAULT, TIMEOUT } from '../../destinations/exchange.ts';

/**
 * An agent for one call to an https: address, through a tunnel of a proxy: that sees host and port of the call alone. What the
 * proxy does wrong is an error of PROXY_FAULT, without its address.
 * https://www.rfc-editor.org/rfc/rfc9110#name-connect
 */
export function tunnelThrough(proxy: string): Agent {
  const agent = new Agent();
  agent.createConnection = (options, done) => {
    const asked = askedFor(`${bracketed(options.host ?? '')}:${options.port}`, new URL(proxy));
    const fail = () => done?.(noTunnel(), new Duplex());
    asked.once('error', fail);
    // Any answer comes so, also of a proxy that wants a password.
    asked.once('connect', ({ statusCode = 0 }, socket) => {
      if (statusCode >= 200 && statusCode < 300)
        return done?.(null, connect({ ...(options as ConnectionOptions), socket }));
      socket.destroy();
      fail();
    });
    asked.end();
    return undefined;
  };
  return agent;
}

const bracketed = (host: string): string => (isIPv6(host) ? `[${host}]` : host);

const noTunnel = () => Object.assign(new Error('the proxy made no tunnel'), { code: PROXY_FAULT });

function askedFor(path: string, proxy: URL): ClientRequest {
  const { protocol, hostname, port, username, password } = proxy;
  const user = [username, password].map(decodeURIComponent).join(':');
  return (protocol === 'https:' ? secureRequest : request)({
    ...{ method: 'CONNECT', path, signal: AbortSignal.timeout(TIMEOUT), agent: false },
    ...{ host: hostname.replace(/^\[|\]$/g, ''), ...(port !== '' && { port }) },
    headers: {
      host: path,
      ...(username !== '' && { 'proxy-authorization': `Basic ${Buffer.from(user).toString('base64')}` }),
    },
  });
}
