package import Documents

extension Section {
  /// Reads a record from a document that is handed out part by part, such as a cloud file of any
  /// size: lists of the record are filled element by element.
  ///
  /// What is wrong with the text ends the reading and is reported with the rest.
  package func decode(_ source: DocumentSource, _ reading: inout Reading) -> Record? {
    let top = Place(line: 1, column: 1, byte: 0)
    var progress = start(at: top, reading)
    var names: [Member] = []
    var list: OpenList?
    do throws(DocumentError) {
      try source.forEachSection { (part) throws(DocumentError) in
        switch part {
        case .element(_, _, let node):
          list?.read(node, &progress.record, &reading)
          if reading.isFull {
            // A file of nonsense would take long and say nothing new.
            reading.isStopped = true
            throw .tooManyValues(limit: Reading.keptLimit, place: node.place)
          }
        case .list(let name, let place, let listAt):
          list?.close(&progress.record, &reading)
          let index = index(of: name, at: place, &progress, names, &reading)
          list = index.map { OpenList(key: keys[$0], place: listAt, &progress.record) }
        case .value(let name, let place, let node):
          list?.close(&progress.record, &reading)
          list = nil
          if case .text = node.value { names.append(Member(key: name, at: place, node: node)) }
          guard let index = index(of: name, at: place, &progress, names, &reading) else { return }
          reading.within(.key(name)) { keys[index].read(node, &progress.record, &$0) }
        }
      }
    } catch {
      if !reading.isStopped { reading.report(error) }
      return nil
    }
    list?.close(&progress.record, &reading)
    return finish(progress, Node(.object(names), at: top), &reading)
  }

  /// A list whose elements are coming.
  private struct OpenList {
    let key: Key<Record>
    let place: Place
    var count = 0
    /// The elements, for values that cannot be read one by one.
    var kept: [Node] = []

    init(key: Key<Record>, place: Place, _ record: inout Record) {
      self.key = key
      self.place = place
      // The elements of the file replace those of the default.
      key.elements?.clear(&record)
    }

    mutating func read(_ node: Node, _ record: inout Record, _ reading: inout Reading) {
      if let elements = key.elements {
        reading.enter(.key(key.name))
        reading.enter(.index(count))
        elements.append(node, &record, &reading)
        reading.leave()
        reading.leave()
      } else {
        kept.append(node)
      }
      count += 1
    }

    func close(_ record: inout Record, _ reading: inout Reading) {
      reading.within(.key(key.name)) { reading in
        if let elements = key.elements {
          reading.checkCount(count, elements.count, at: place)
        } else {
          key.read(Node(.list(kept), at: place), &record, &reading)
        }
      }
    }
  }

  /// Reads a file: YAML, or JSON of any size if the name ends in `.json`.
  ///
  /// Shape: the record if the file has no errors, and the reading with all that was found.
  /// Errors: only that the file is missing, a folder or unreadable; all else is in the reading.
  package func load(
    path: String, limits: DocumentLimits = .usual
  ) throws(DocumentError) -> (record: Record?, reading: Reading) {
    load(try OpenedFile(path: path, limits: limits))
  }

  /// Reads a file that was opened.
  ///
  /// Shape: as `load(path:)`.
  package func load(_ file: OpenedFile) -> (record: Record?, reading: Reading) {
    var reading = file.reading
    guard let source = file.source else { return (nil, reading) }
    return (decode(source, &reading), reading)
  }
}
