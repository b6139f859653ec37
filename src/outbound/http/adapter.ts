import { type OutgoingHttpHeaders, request as plain, type RequestOptions } from 'node:http';
import { request as secure } from 'node:https';
import type { AxiosAdapter, AxiosResponse, InternalAxiosRequestConfig } from 'axios';

/**
 * The way of axios onto the wire, in place of its own: one request of Node's, whose answer is a stream. Nothing is followed,
 * unpacked, tried again or read from the environment. Rejects with what Node says.
 * https://axios-http.com/docs/req_config (`adapter`)
 */
export const once: AxiosAdapter = (config: InternalAxiosRequestConfig<Buffer>): Promise<AxiosResponse> =>
  new Promise((done, fail) => {
    const { url = '', method = 'GET', headers, data, httpAgent, httpsAgent, signal } = config;
    const isSecure = url.startsWith('https:');
    const options: RequestOptions = {
      method,
      headers: { ...(headers.toJSON() as OutgoingHttpHeaders), 'content-length': data?.byteLength ?? 0 },
      agent: isSecure ? httpsAgent : httpAgent,
      ...(signal instanceof AbortSignal && { signal }),
    };
    const sent = (isSecure ? secure : plain)(url, options, (answer) => {
      const { statusCode: status = 0, statusMessage: statusText = '' } = answer;
      done({
        data: answer,
        status,
        statusText,
        headers: answer.headers as AxiosResponse['headers'],
        config,
        request: sent,
      });
    });
    sent.on('error', fail);
    sent.end(data);
  });
