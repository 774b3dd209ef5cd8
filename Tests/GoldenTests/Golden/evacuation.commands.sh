#!/bin/sh
# Plan `firmware-update`: cmp-a-std02, cmp-b-gpu04, made by berth 0.1.0.
# Read it before you run it; each wave begins when the one before is over.
set -eu
# The first version of the API in which a cold migration may name its target.
export OS_COMPUTE_API_VERSION=${OS_COMPUTE_API_VERSION:-2.56}

openstack compute service set --disable --disable-reason maintenance cmp-a-std02 nova-compute
openstack compute service set --disable --disable-reason maintenance cmp-b-gpu04 nova-compute

# wave 1: the window has begun
openstack server migrate --live-migration --host cmp-a-std01 --wait 97e55dff-f5c7-4323-bd04-277914d0b073  # gamma-032
openstack server migrate --live-migration --host cmp-a-std01 --wait a98e1f60-dea5-4831-a0a0-847a5bafa76b  # beta-049
openstack server migrate --host cmp-a-std01 --wait 2465d2e1-f958-430c-9322-31679f700028  # alpha-039, wish
openstack server migration confirm 2465d2e1-f958-430c-9322-31679f700028
openstack server migrate --live-migration --host cmp-a-std01 --wait 490ce167-7daa-488f-8969-9b1f6b8b6618  # alpha-081
openstack server migrate --host cmp-c-gpu04 --wait e6ee8b5c-718a-4029-8337-9c56119250ab  # beta-019, pci
openstack server migration confirm e6ee8b5c-718a-4029-8337-9c56119250ab
openstack server migrate --host cmp-c-std01 --wait c9b9a9ad-39a8-4b5d-9f6b-1d7920cfa6d3  # alpha-003, state
openstack server migration confirm c9b9a9ad-39a8-4b5d-9f6b-1d7920cfa6d3

# wave 2: every move of the wave before is over
openstack server stop a848b30c-3a55-4e6a-843d-353770e6c5b6  # beta-031, wish
openstack server stop 1ff87ee4-503f-4153-8f8c-cbb47afbe57f  # alpha-111, local-disk
openstack server stop 666aac39-b293-4c7e-acb5-c353b0b300cd  # alpha-033, local-disk
openstack server stop 444279a5-e505-448d-abb0-5c1e16ca3749  # gamma-026, wish
openstack server stop 64003c23-587a-4605-a5cc-005d74736dd8  # alpha-045, pci
openstack server stop 86a5ef04-d416-43bd-addf-fdd54d35d305  # gamma-008, pci
openstack server stop af627605-4887-412e-959b-833339f0e263  # alpha-030, local-disk
openstack server stop b1d6edf2-a41f-498c-8376-76ccabf1624a  # gamma-116, wish

# when the work is done:
# openstack server start a848b30c-3a55-4e6a-843d-353770e6c5b6  # beta-031
# openstack server start 1ff87ee4-503f-4153-8f8c-cbb47afbe57f  # alpha-111
# openstack server start 666aac39-b293-4c7e-acb5-c353b0b300cd  # alpha-033
# openstack server start 64003c23-587a-4605-a5cc-005d74736dd8  # alpha-045
# openstack server start 86a5ef04-d416-43bd-addf-fdd54d35d305  # gamma-008
# openstack server start af627605-4887-412e-959b-833339f0e263  # alpha-030
# openstack compute service set --enable cmp-a-std02 nova-compute
# openstack compute service set --enable cmp-b-gpu04 nova-compute
