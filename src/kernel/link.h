/* A link with a TCP at each end: what is heard at both, in the order in which it was sent. */
#ifndef TCPCLOSE_KERNEL_LINK_H
#define TCPCLOSE_KERNEL_LINK_H

#include "kernel/capture.h"
#include "kernel/far_end.h"

struct link;

/*
 * Makes the far end of the link that `config` is about, see far_end_open(). The near end's device
 * and capture, which writes no file, stay the caller's, and open until link_close(). The world's
 * pcap_path is written to.
 */
enum fault link_open(struct link **link, const struct host_config *config, const struct tun *near,
                     struct capture *capture, struct processes *processes, char *error);
void link_close(struct link *link);

/* As capture_next(), of both ends. */
enum capture_result link_next(struct link *link, struct host_packet *packet, char *error);

/* Becomes readable when the far end has sent a packet. */
int link_descriptor(const struct link *link);

struct host *link_far(struct link *link);
struct cable *link_cable(struct link *link);

#endif
