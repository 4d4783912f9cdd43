/** Every acquirer here writes its times and ends its days by the clock of Asia/Shanghai, which knows no summer time. */
export const SHANGHAI_OFFSET_ms = 8 * 3600 * 1000;
