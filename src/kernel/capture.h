/* Receives what the kernel sends on the TUN device, and writes the pcap file of a run. */
#ifndef TCPCLOSE_KERNEL_CAPTURE_H
#define TCPCLOSE_KERNEL_CAPTURE_H

#include <linux/filter.h>

#include "host/host.h"

struct capture;

/*
 * The filter. In libpcap's words: "outbound and (tcp or udp or icmp or (icmp6 and ip6[40] < 130))".
 * These ICMPv6 messages are the errors and echo (RFC 4443); the others are about multicast and
 * neighbours.
 */
extern const struct sock_fprog capture_filter;

/*
 * Starts to capture on the device with this index, which must be up; 0: somebody else captures.
 * Packets are written into the file `pcap_path`, unless it is NULL; `lost` is for pcap_file_open().
 * Returns FAULT_NONE, or a fault with `error` set.
 */
enum fault capture_open(struct capture **capture, unsigned device, const char *pcap_path,
                        char *lost, char *error);
void capture_close(struct capture *capture);

/* A descriptor that can be read when there is a packet. */
int capture_descriptor(const struct capture *capture);

enum capture_result { CAPTURE_NONE, CAPTURE_PACKET, CAPTURE_BROKEN };

/* Takes the next packet, if there is one. Its bytes are valid until the next call. */
enum capture_result capture_next(struct capture *capture, struct host_packet *packet, char *error);

/*
 * What somebody else captured, `at` by our clock: it is written to the pcap file, and made a
 * packet.
 */
void capture_found(struct capture *capture, const uint8_t *bytes, size_t captured, size_t length,
                   struct timespec at, struct host_packet *packet);

/*
 * Tells whether a pcap file is written. Then it must be told of each packet that is injected,
 * because the capture does not see these.
 */
bool capture_is_written(const struct capture *capture);
void capture_write_injected(struct capture *capture, const uint8_t *bytes, size_t length,
                            usec_t at);

#endif
