/* The running kernel as a world, in a namespace of its own. */
#ifndef TCPCLOSE_KERNEL_HOST_KERNEL_H
#define TCPCLOSE_KERNEL_HOST_KERNEL_H

#include "host/host.h"

/*
 * Makes a world on the running kernel for the calling process. The process must have one thread,
 * and should run one test and exit. This makes: a user namespace (when not root), a network
 * namespace, sysctls, lo, the TUN device tun0, addresses, routes, capture and injection. It sets
 * signal handlers for the signals of HOST_STOPPED, and counts SIGPIPE. On an error it returns NULL,
 * and sets *failure and `error`.
 */
struct host *host_kernel_open(const struct host_config *config, enum fault *failure,
                              char error[FAULT_TEXT]);

/*
 * The process that will fork the tests calls this once. It makes the kernel stamp packets all the
 * time. Otherwise the kernel begins to do so only a moment after somebody asks for it, and the
 * first packet of a test may come earlier. With `pcap_files`, tests that write pcap files also
 * start faster.
 */
void host_kernel_prepare(bool pcap_files);

#endif
