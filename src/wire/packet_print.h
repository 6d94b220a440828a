/* Describes a packet that is not a segment, so that the reader can find out what it is. */
#ifndef TCPCLOSE_WIRE_PACKET_PRINT_H
#define TCPCLOSE_WIRE_PACKET_PRINT_H

#include <stddef.h>
#include <stdint.h>

enum { PACKET_TEXT = 320 };

/*
 * Writes for example "IPv4, ICMP type 0 code 0, 192.168.0.2 > 192.0.2.1, 28 bytes: 4500001c
 * ff200000 ...". The packet had `length` bytes, and `captured` of them are at `bytes`; the first
 * ones are printed. Returns `text`.
 */
const char *packet_print(const uint8_t *bytes, size_t captured, size_t length, char *text,
                         size_t size);

#endif
