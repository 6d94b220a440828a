/*
 * What a wire client and a wire server say to each other, as bytes. A message is its kind and a
 * body; numbers are in network byte order. docs/remote.txt has the frame around it.
 */
#ifndef TCPCLOSE_REMOTE_WIRE_MESSAGE_H
#define TCPCLOSE_REMOTE_WIRE_MESSAGE_H

#include "base/fault.h"
#include "base/usec.h"
#include "wire/address.h"

enum {
	ETHERNET_ADDRESS = 6,
	PACKET_MOST = 65535,
	BODY_MOST = PACKET_MOST + 12,
	REFUSAL_MOST = 200
};

enum wire_message_kind {
	/* from the client */
	WIRE_START = 1, /* the addresses of the test: `start` */
	WIRE_INJECT,    /* send `bytes` */
	WIRE_SYNC,      /* tell all that was seen until now, then answer */
	/* from the server */
	WIRE_READY,    /* `ethernet` is where the client's packets should go */
	WIRE_REFUSED,  /* `bytes` say why, and nothing follows */
	WIRE_INJECTED, /* it was sent `at` */
	WIRE_SYNCED,   /* it is `at` now */
	WIRE_PACKET,   /* `bytes`, of `length`, were seen `at` */
	WIRE_KINDS,
};

/* A packet for the client goes to `ethernet`, from `remote` to `local`. */
struct wire_start {
	uint8_t ethernet[ETHERNET_ADDRESS];
	struct ip_address local, remote; /* of one family */
	unsigned local_prefix, remote_prefix;
};

struct wire_message {
	enum wire_message_kind kind;
	struct wire_start start;
	uint8_t ethernet[ETHERNET_ADDRESS];
	usec_t at; /* of the server's clock */
	const uint8_t
		*bytes; /* of somebody else; wire_message_read() makes it point into the body */
	size_t size;
	size_t length; /* of the packet on the wire, at least `size` */
};

/* Writes the body into out[BODY_MOST] and returns its length. */
size_t wire_message_write(const struct wire_message *message, uint8_t *out);

/* Reads a body. On nonsense it returns false and sets `error`. */
bool wire_message_read(unsigned kind, const uint8_t *body, size_t size,
                       struct wire_message *message, char error[FAULT_TEXT]);

#endif
