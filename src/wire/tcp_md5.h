/* The TCP MD5 signature option (RFC 2385). */
#ifndef TCPCLOSE_WIRE_TCP_MD5_H
#define TCPCLOSE_WIRE_TCP_MD5_H

#include <stddef.h>
#include <stdint.h>

#include "wire/segment.h"

enum { TCP_MD5_BYTES = 16 };

/*
 * The digest of a segment as it is on the wire, with live addresses, ports and numbers. It covers
 * the pseudo header, the TCP header without options and with a checksum of 0, the payload, and the
 * key. Bytes of payload that were not captured count as zeros.
 */
void tcp_md5_digest(const struct segment *segment, const char *key, uint8_t digest[TCP_MD5_BYTES]);

/*
 * Writes a digest into the first md5 option among `options` that has the right length, if there is
 * one.
 */
void tcp_md5_put(uint8_t *options, size_t length, const uint8_t digest[TCP_MD5_BYTES]);

#endif
