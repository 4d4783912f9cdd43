// Where the way to an acquirer ends, layer by layer, without ping: cable, way out, name, connection, TLS.

/** The lowest layer that fails. `echo`: everything below works, the acquirer's answer does not. */
export type NetworkLayer = 'link' | 'gateway' | 'dns' | 'tcp' | 'tls' | 'echo';

export type NetworkTarget = {
  baseUrl: string /** PEM, null = the system's. */;
  ca: string | null;
  timeout_ms: number;
};

/** `cause`: the system's own word (ENOTFOUND, ECONNREFUSED, a TLS fault...), for the technician. */
export type NetworkFinding = { layer: NetworkLayer; cause: string };

/** One layer of a whole walk: what was found there, also where all is well (addresses, the cipher). */
export type NetworkStep = {
  layer: Exclude<NetworkLayer, 'echo'>;
  ok: boolean;
  /** The system's own word when it failed, else what was found. */
  detail: string;
  took_ms: number;
};

export interface NetworkProbe {
  /** Without a packet: whether no cable (or radio) carries; null otherwise, also where nobody can say. Posts exactly once. */
  cable(target: NetworkTarget, post: (finding: NetworkFinding | null) => void): void;
  /** Posts exactly once; never rejects. */
  look(target: NetworkTarget, post: (finding: NetworkFinding) => void): void;
  /** All layers below the echo, lowest first, up to and with the first that fails. Posts exactly once; never rejects. */
  walk(target: NetworkTarget, post: (steps: NetworkStep[]) => void): void;
}
