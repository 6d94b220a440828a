/* What is known of bytes that are no segment: for who has to find out what they are. */
#ifndef TCPCLOSE_WIRE_PACKET_PRINT_H
#define TCPCLOSE_WIRE_PACKET_PRINT_H

#include <stddef.h>
#include <stdint.h>

enum { PACKET_TEXT = 320 };

/*
 * "IPv4, ICMP type 0 code 0, 192.168.0.2 > 192.0.2.1, 28 bytes: 4500001c ff200000 ...": as far as
 * the `captured` bytes of `length` say it, and the first of the bytes themselves. Returns `text`.
 */
const char *packet_print(const uint8_t *bytes, size_t captured, size_t length, char *text,
                         size_t size);

#endif
