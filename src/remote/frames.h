/*
 * The server's end of the wire: Ethernet frames on the device that was named, to and from one
 * client. It listens under an address that it made up, so that the server's own kernel takes none
 * of these packets for its own. All of it goes away with the socket.
 */
#ifndef TCPCLOSE_REMOTE_FRAMES_H
#define TCPCLOSE_REMOTE_FRAMES_H

#include "remote/wire_message.h"

struct frames {
	int fd;                           /* can be read when there is a frame; -1: closed */
	unsigned device;                  /* its index */
	uint8_t own[ETHERNET_ADDRESS];    /* where packets for us go to */
	uint8_t theirs[ETHERNET_ADDRESS]; /* the client's */
	uint8_t bytes[14 + PACKET_MOST];
};

/* A random Ethernet address that no maker of cards has given to one (IEEE 802, U/L bit). */
void ethernet_make_up(uint8_t address[ETHERNET_ADDRESS]);

/*
 * Can the device be used: it is there, up and has Ethernet frames, and does not join segments
 * (GRO), so that what is seen is what was sent?
 */
bool frames_device(const char *name, unsigned *index, char error[FAULT_TEXT]);

bool frames_open(struct frames *frames, unsigned device, const uint8_t theirs[ETHERNET_ADDRESS],
                 char error[FAULT_TEXT]);
void frames_close(struct frames *frames);

/* Sends an IP packet. *at is the moment just before. */
bool frames_send(struct frames *frames, const uint8_t *bytes, size_t size, usec_t *at,
                 char error[FAULT_TEXT]);

enum frames_result { FRAMES_NONE, FRAMES_PACKET, FRAMES_BROKEN };

/*
 * Takes the next IP packet that the client's device sent, if there is one. Its bytes are valid
 * until the next call.
 */
enum frames_result frames_next(struct frames *frames, struct wire_message *packet,
                               char error[FAULT_TEXT]);

#endif
