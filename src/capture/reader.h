/*
 * A file of packets, pcap or pcapng, read one packet at a time: its size does not matter. Of what
 * the link brings along (Ethernet with VLAN tags, Linux cooked captures, loopback of BSD) nothing
 * is left: packets begin with their IP header, as wire/segment.h wants them.
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

/* Which way a packet went on the machine that captured it: a cooked capture tells. */
enum captured_way { WAY_UNKNOWN, WAY_RECEIVED, WAY_SENT };

struct captured_packet {
	unsigned long number; /* of the frame in the file, from 1, as tshark(1) counts them */
	struct timespec at;   /* since the epoch, as fine as the file has it */
	enum captured_way way;
	const uint8_t *bytes; /* from its IP header on, as long as no other is read; NULL: no IP */
	size_t captured;      /* bytes at `bytes` */
	size_t length;        /* of the packet on the wire, without padding of the link's */
};

enum reader_answer { READER_PACKET, READER_END, READER_BROKEN };

/*
 * Opens a file; "-" is standard input. FAULT_BROKEN with a sentence that begins with the path:
 * it is not there, empty, no file of packets, or of a link that is not known here.
 */
enum fault reader_open(struct reader **reader, const char *path, char *error);

/*
 * The next frame, which may hold something else than IP. READER_BROKEN, with a sentence that names
 * the path and the frame, when the file is cut off in the middle of one or damaged; what came
 * before is good. `error` is of FAULT_TEXT bytes.
 */
enum reader_answer reader_next(struct reader *reader, struct captured_packet *packet, char *error);

/*
 * segment_decode() of a packet's bytes, whose text is returned. Checksums are not looked at: the
 * machine that sends leaves them to its device, and a capture made there has them wrong.
 */
const char *reader_decode(const struct captured_packet *packet, struct segment *segment);

/* NULL is allowed. */
void reader_close(struct reader *reader);

#endif
