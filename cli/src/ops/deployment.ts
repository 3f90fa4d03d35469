import { basename } from 'node:path'
import { stringify } from 'yaml'

export type NodePlace = {
  role: 'worker' | 'reputer'
  port: number
  /** Absolute path of the node's configuration, and of the folder it stands in. */
  config: string
  home: string
}

export function prometheusConfig({ role, port }: NodePlace): string {
  return stringify({
    global: { scrape_interval: '15s', evaluation_interval: '15s' },
    rule_files: ['alerts.yml'],
    scrape_configs: [
      {
        job_name: 'auspex',
        static_configs: [{ targets: [`127.0.0.1:${port}`], labels: { node: role } }],
      },
    ],
  })
}

/** Restarts what ends, except where only the operator can help: usage, requirement, locked, wrong chain. */
export function systemdUnit({ role, config, home }: NodePlace): string {
  return `[Unit]
Description=Auspex ${role}
After=network-online.target
Wants=network-online.target

[Service]
ExecStart=/usr/bin/env npx auspex ${startOf(role)} --config ${config}
WorkingDirectory=${home}
Restart=on-failure
RestartSec=5
RestartPreventExitStatus=2 4 5
TimeoutStopSec=15
UMask=0077
NoNewPrivileges=true
ProtectSystem=strict
ReadWritePaths=${home}
PrivateTmp=true

[Install]
WantedBy=multi-user.target
`
}

/** A worker on a public chain stakes nothing unless it is told to. */
function startOf(role: NodePlace['role']): string {
  return role === 'worker' ? 'worker start --live' : `${role} start`
}

/** The node beside Prometheus and Grafana, all of them listening on this machine alone. */
export function composeFile({ role, config, home }: NodePlace): string {
  const onHost = { network_mode: 'host', restart: 'unless-stopped' }
  return stringify(
    {
      services: {
        node: {
          image: 'node:24-bookworm-slim',
          ...onHost,
          working_dir: '/node',
          command: [
            ...['npx', 'auspex', ...startOf(role).split(' ')],
            ...['--config', `/node/${basename(config)}`],
          ],
          volumes: [`${home}:/node`],
          stop_grace_period: '15s',
        },
        prometheus: {
          image: 'prom/prometheus:v3.5.0',
          ...onHost,
          command: [
            '--config.file=/etc/prometheus/prometheus.yml',
            '--web.listen-address=127.0.0.1:9090',
          ],
          volumes: [
            './prometheus.yml:/etc/prometheus/prometheus.yml:ro',
            './alerts.yml:/etc/prometheus/alerts.yml:ro',
          ],
        },
        grafana: {
          image: 'grafana/grafana:12.1.0',
          ...onHost,
          environment: { GF_SERVER_HTTP_ADDR: '127.0.0.1' },
          volumes: [
            './grafana-source.yml:/etc/grafana/provisioning/datasources/auspex.yml:ro',
            './grafana-boards.yml:/etc/grafana/provisioning/dashboards/auspex.yml:ro',
            './dashboard.json:/var/lib/grafana/dashboards/auspex.json:ro',
          ],
        },
      },
    },
    { lineWidth: 0 },
  )
}

/** Tells Grafana where the figures are. */
export function grafanaSource(): string {
  const source = {
    name: 'Prometheus',
    type: 'prometheus',
    access: 'proxy',
    url: 'http://127.0.0.1:9090',
    isDefault: true,
  }
  return stringify({ apiVersion: 1, datasources: [source] })
}

/** Tells Grafana where its dashboards are. */
export function grafanaBoards(): string {
  const provider = {
    name: 'auspex',
    type: 'file',
    disableDeletion: true,
    options: { path: '/var/lib/grafana/dashboards' },
  }
  return stringify({ apiVersion: 1, providers: [provider] })
}
