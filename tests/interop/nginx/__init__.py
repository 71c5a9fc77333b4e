"""The provider behind Debian's nginx, with the configuration that is shipped and nothing else."""
