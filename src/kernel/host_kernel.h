/* The running kernel as a world, in a namespace of its own. */
#ifndef TCPCLOSE_KERNEL_HOST_KERNEL_H
#define TCPCLOSE_KERNEL_HOST_KERNEL_H

#include "host/host.h"

/*
 * Makes a world on the running kernel, for the calling process, which must have one thread and is
 * meant to run one test and exit: user namespace (when not root), network namespace, sysctls, lo,
 * TUN device tun0, addresses, routes, capture, injection. Signal handlers are set for the signals
 * named at HOST_STOPPED and SIGPIPE is counted. Returns NULL with *failure and `error` set.
 */
struct host *host_kernel_open(const struct host_config *config, enum fault *failure,
                              char error[FAULT_TEXT]);

/*
 * To be called once by the process that will fork the tests: keeps the kernel stamping packets. It
 * begins to do so a moment after somebody asks, and a test's first packet may be sooner. Tests that
 * write pcap files also start faster for it.
 */
void host_kernel_prepare(bool pcap_files);

#endif
