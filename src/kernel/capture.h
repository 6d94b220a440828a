/* What the kernel sends, seen on the TUN device; and the pcap file of a run. */
#ifndef TCPCLOSE_KERNEL_CAPTURE_H
#define TCPCLOSE_KERNEL_CAPTURE_H

#include <linux/filter.h>

#include "host/host.h"

struct capture;

/*
 * What is heard: "outbound and (tcp or udp or icmp or (icmp6 and ip6[40] < 130))" in libpcap's
 * words. Those of ICMPv6 are the errors and echo (RFC 4443); the others are multicast and
 * neighbours'.
 */
extern const struct sock_fprog capture_filter;

/*
 * Starts to capture on the device with this index, which is up: what of the kernel's packets the
 * filter lets pass. They are written into the file `pcap_path`, unless it is NULL; `lost` is for
 * pcap_file_open().
 */
enum fault capture_open(struct capture **capture, unsigned device, const char *pcap_path,
                        char *lost, char *error);
void capture_close(struct capture *capture);

/* Becomes readable when there is a packet. */
int capture_descriptor(const struct capture *capture);

enum capture_result { CAPTURE_NONE, CAPTURE_PACKET, CAPTURE_BROKEN };

/* The next packet, if there is one now; its bytes are valid until the next call. */
enum capture_result capture_next(struct capture *capture, struct host_packet *packet, char *error);

/* Is there a pcap file? Then it is to be told what we inject; the capture does not see it. */
bool capture_is_written(const struct capture *capture);
void capture_write_injected(struct capture *capture, const uint8_t *bytes, size_t length,
                            usec_t at);

#endif
