/*
 * Reads a file of packets, pcap or pcapng, one packet at a time, so that the file may be of any
 * size. Everything that belongs to the link (Ethernet with VLAN tags, Linux cooked captures,
 * loopback of BSD) is removed: a packet begins with its IP header, as wire/segment.h wants it.
 */
#ifndef TCPCLOSE_CAPTURE_READER_H
#define TCPCLOSE_CAPTURE_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/fault.h"
#include "wire/segment.h"

struct reader;

/* Which way a packet went on the machine that captured it. Only a cooked capture tells. */
enum captured_way { WAY_UNKNOWN, WAY_RECEIVED, WAY_SENT };

struct captured_packet {
	unsigned long number; /* the number of the frame in the file, from 1, as in tshark(1) */
	struct timespec at;   /* since 1970, as precise as the file has it */
	enum captured_way way;
	/*
	 * Begin with the IP header, and are valid until the next one is read; NULL: it is not IP.
	 */
	const uint8_t *bytes;
	size_t captured; /* how many bytes are at `bytes` */
	size_t length;   /* of the packet on the wire, without padding by the link */
};

enum reader_answer { READER_PACKET, READER_END, READER_BROKEN };

/*
 * Opens a file; "-" is standard input. Returns FAULT_BROKEN, with a sentence in `error` that begins
 * with the path, when the file is not there, is empty, is not a file of packets, or has an unknown
 * kind of link.
 */
enum fault reader_open(struct reader **reader, const char *path, char *error);

/*
 * Reads the next frame, which may be something else than IP. When the file is damaged, or is cut
 * off in the middle of a frame, the answer is READER_BROKEN with a sentence in `error` (FAULT_TEXT
 * bytes) that names the path and the frame; the packets before it are good.
 */
enum reader_answer reader_next(struct reader *reader, struct captured_packet *packet, char *error);

/*
 * Decodes a packet with segment_decode(), and returns its answer. Checksums are not checked,
 * because a machine leaves them to its device when it sends, so that in a capture made there they
 * are wrong.
 */
const char *reader_decode(const struct captured_packet *packet, struct segment *segment);

/* NULL is allowed. */
void reader_close(struct reader *reader);

#endif
